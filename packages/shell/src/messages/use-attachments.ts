"use client";
import { attachmentUploadsApiPath } from "@mgs/messaging/contract/links";
import { useSocketId } from "@mgs/realtime/react";
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import { createUploadQueue, type QueuedUpload, type UploadQueue } from "../documents/upload-queue";

const NONE: readonly QueuedUpload[] = [];
const NOTHING = { subscribe: () => () => undefined, get: () => NONE };

/** The files of a message that is being written. */
export type Attachments = {
  queue: UploadQueue | null;
  uploads: readonly QueuedUpload[];
  /** Those that have arrived: they go with the message. */
  stored: readonly QueuedUpload[];
  /** A message waits for its files. */
  isUploading: boolean;
  add(files: Iterable<File>): void;
  clear(): void;
};

/** Uploads files into the place of a message before it is sent. @param messageId the message's own, once it is sent */
export function useAttachments(conversationId: number, messageId: string): Attachments {
  const socketId = useSocketId();
  const readSocketId = useEffectEvent(socketId);
  const [queue, setQueue] = useState<UploadQueue | null>(null);
  useEffect(() => {
    const uploadsPath = attachmentUploadsApiPath(conversationId);
    setQueue(createUploadQueue({ uploadsPath, socketId: () => readSocketId(), onStored: () => undefined }));
  }, [conversationId]);
  const source = queue ?? NOTHING;
  const uploads = useSyncExternalStore(source.subscribe, source.get, () => NONE);
  return {
    ...{ queue, uploads, stored: uploads.filter(({ state }) => state === "done") },
    isUploading: uploads.some(({ state }) => state !== "done" && state !== "failed"),
    add(files) {
      for (const file of files) queue?.add(file, { slot: `message:${messageId}` });
    },
    clear() {
      for (const { id } of uploads) queue?.dismiss(id);
    },
  };
}
