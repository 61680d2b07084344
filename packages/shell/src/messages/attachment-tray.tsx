"use client";
import { ACCEPTED_FILES } from "@mgs/documents/contract/media-types";
import { Button } from "@mgs/ui/button";
import { Paperclip } from "lucide-react";
import { useRef } from "react";
import { UploadItem } from "../documents/upload-item";
import { useTranslations } from "../intl";
import type { Attachments } from "./use-attachments";

/** The files that go with a message, each with its progress. The page needs the texts `documents`. */
export function AttachmentTray({ files }: { files: Attachments }) {
  const t = useTranslations("messages");
  const { queue, uploads } = files;
  if (!queue || uploads.length === 0) return null;
  return (
    <ul
      aria-label={t("attach")}
      className="max-h-40 divide-y divide-line overflow-y-auto rounded-lg border border-line bg-subtle/50"
    >
      {uploads.map((upload) => (
        <UploadItem key={upload.id} upload={upload} queue={queue} />
      ))}
    </ul>
  );
}

/** The button that chooses files for a message. */
export function AttachFiles({ files }: { files: Attachments }) {
  const t = useTranslations("messages");
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED_FILES}
        multiple
        hidden
        onChange={({ currentTarget }) => {
          files.add([...(currentTarget.files ?? [])]);
          // The same file can be chosen again.
          currentTarget.value = "";
        }}
      />
      <Button variant="ghost" size="icon" aria-label={t("attach")} onClick={() => input.current?.click()}>
        <Paperclip aria-hidden />
      </Button>
    </>
  );
}
