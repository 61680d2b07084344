"use client";
import { useSocketId } from "@mgs/realtime/channel-react";
import { Button } from "@mgs/ui/button";
import { cn } from "@mgs/ui/cn";
import { Upload as UploadIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import {
  type ChangeEvent,
  createContext,
  type DragEvent,
  type ReactNode,
  startTransition,
  useContext,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useTranslations } from "../intl";
import { findInterruptedUploads, forgetInterruptedUpload, type InterruptedUpload } from "./interrupted-uploads";
import { InterruptedItem, UploadItem } from "./upload-item";
import { createUploadQueue, type QueuedUpload, terminateUpload, type UploadQueue } from "./upload-queue";

type Uploads = { queue: UploadQueue; accept: string };
const UploadsContext = createContext<Uploads | null>(null);
const NONE: readonly QueuedUpload[] = [];

type UploadsProps = {
  /** Address of the record's uploads. */
  uploadsPath: string;
  /** Endings of the files that are accepted, for the browser's dialog. */
  accept: string;
  children: ReactNode;
};

/** The uploads to a record: files are chosen or dropped anywhere on it, and their progress stands at its top. */
export function Uploads({ uploadsPath, accept, children }: UploadsProps) {
  const t = useTranslations("documents");
  const router = useRouter();
  const socketId = useSocketId();
  const [news, setNews] = useState("");
  const onStored = useEffectEvent((name: string) => {
    setNews(t("announceDone", { name }));
    startTransition(() => router.refresh());
  });
  const readSocketId = useEffectEvent(socketId);
  const [queue, setQueue] = useState<UploadQueue | null>(null);
  useEffect(() => {
    setQueue(createUploadQueue({ uploadsPath, socketId: () => readSocketId(), onStored: (name) => onStored(name) }));
  }, [uploadsPath]);
  const [isOver, setOver] = useState(false);

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    for (const file of event.dataTransfer.files) queue?.add(file);
  }

  const content = (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped here; the button does the same by keyboard
    <div
      className={cn("rounded-b-xl outline-dashed outline-2 outline-transparent", isOver && "outline-accent")}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className="flex flex-wrap items-center gap-3 border-line border-b px-4 py-3 sm:px-6">
        <FileButton
          accept={accept}
          multiple
          onFiles={(files) => {
            for (const file of files) queue?.add(file);
          }}
          disabled={queue === null}
        >
          <UploadIcon aria-hidden />
          {t("choose")}
        </FileButton>
        <p className="min-w-0 flex-1 basis-48 text-muted text-xs">{t("dropHint")}</p>
      </div>
      <p role="status" className="sr-only">
        {news}
      </p>
      {queue ? <UploadList queue={queue} uploadsPath={uploadsPath} accept={accept} /> : null}
      {children}
    </div>
  );
  return queue ? <UploadsContext value={{ queue, accept }}>{content}</UploadsContext> : content;
}

type UploadListProps = { queue: UploadQueue; uploadsPath: string; accept: string };

function UploadList({ queue, uploadsPath, accept }: UploadListProps) {
  const t = useTranslations("documents");
  const uploads = useSyncExternalStore(queue.subscribe, queue.get, () => NONE);
  const [interrupted, setInterrupted] = useState<readonly InterruptedUpload[]>([]);
  useEffect(() => setInterrupted(findInterruptedUploads(uploadsPath)), [uploadsPath]);
  // One that goes on is an upload of this page again.
  const waiting = interrupted.filter(
    ({ name, bytes }) => !uploads.some((one) => one.name === name && one.bytes === bytes),
  );
  if (uploads.length === 0 && waiting.length === 0) return null;

  function giveUp({ storageKey, address }: InterruptedUpload): void {
    forgetInterruptedUpload(storageKey);
    setInterrupted((before) => before.filter((one) => one.storageKey !== storageKey));
    // Without an answer the server forgets it after a day.
    void terminateUpload(address).catch(() => undefined);
  }

  return (
    <ul aria-label={t("uploads")} className="divide-y divide-line border-line border-b bg-subtle/50">
      {uploads.map((upload) => (
        <UploadItem key={upload.id} upload={upload} queue={queue} />
      ))}
      {waiting.map((one) => (
        <InterruptedItem key={one.storageKey} upload={one} onGiveUp={() => giveUp(one)}>
          <FileButton accept={accept} size="sm" onFiles={([file]) => file && queue.add(file, one.replaces)}>
            {t("again")}
          </FileButton>
        </InterruptedItem>
      ))}
    </ul>
  );
}

/** A button of a document that takes the file of its next version. */
export function ReplaceButton({ documentId, name }: { documentId: string; name: string }) {
  const t = useTranslations("documents");
  const uploads = useContext(UploadsContext);
  return (
    <FileButton
      accept={uploads?.accept ?? ""}
      variant="ghost"
      size="sm"
      label={t("replaceLabel", { name })}
      disabled={uploads === null}
      onFiles={([file]) => file && uploads?.queue.add(file, documentId)}
    >
      {t("replace")}
    </FileButton>
  );
}

type FileButtonProps = {
  accept: string;
  multiple?: boolean;
  disabled?: boolean;
  label?: string;
  variant?: "secondary" | "ghost";
  size?: "sm" | "md";
  onFiles: (files: readonly File[]) => void;
  children: ReactNode;
};

/** A button that opens the browser's dialog of files. */
function FileButton({
  accept,
  multiple = false,
  disabled = false,
  label,
  onFiles,
  children,
  ...look
}: FileButtonProps) {
  const { variant = "secondary", size = "md" } = look;
  const input = useRef<HTMLInputElement>(null);
  function choose({ currentTarget }: ChangeEvent<HTMLInputElement>): void {
    onFiles([...(currentTarget.files ?? [])]);
    // The same file can be chosen again.
    currentTarget.value = "";
  }
  return (
    <>
      <input ref={input} type="file" accept={accept} multiple={multiple} hidden onChange={choose} />
      <Button
        variant={variant}
        size={size}
        disabled={disabled}
        {...(label === undefined ? {} : { "aria-label": label })}
        onClick={() => input.current?.click()}
      >
        {children}
      </Button>
    </>
  );
}
