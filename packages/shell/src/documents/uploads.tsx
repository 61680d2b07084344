"use client";
import { useSocketId } from "@mgs/realtime/react";
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
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useTranslations } from "../intl";
import { findInterruptedUploads, forgetInterruptedUpload, type InterruptedUpload } from "./interrupted-uploads";
import { InterruptedItem, UploadItem } from "./upload-item";
import { createUploadQueue, type QueuedUpload, terminateUpload, type UploadQueue } from "./upload-queue";

type Uploads = { queue: UploadQueue | null; accept: string; uploadsPath: string };
const UploadsContext = createContext<Uploads | null>(null);
const NONE: readonly QueuedUpload[] = [];

type UploadsProps = {
  /** Address of the record's uploads. */
  uploadsPath: string;
  /** Endings of the files that are accepted, for the browser's dialog. */
  accept: string;
  children: ReactNode;
};

/** The uploads of a page to its record, which several parts of the page add files to. */
export function UploadsProvider({ uploadsPath, accept, children }: UploadsProps) {
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
  const uploads = useMemo(() => ({ queue, accept, uploadsPath }), [queue, accept, uploadsPath]);
  return (
    <UploadsContext value={uploads}>
      <p role="status" className="sr-only">
        {news}
      </p>
      {children}
    </UploadsContext>
  );
}

/** Where files are chosen, or dropped; their progress stands at its top. */
export function UploadArea({ children }: { children: ReactNode }) {
  const t = useTranslations("documents");
  const uploads = useContext(UploadsContext);
  const queue = uploads?.queue ?? null;
  const [isOver, setOver] = useState(false);

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    for (const file of event.dataTransfer.files) queue?.add(file);
  }

  return (
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
          accept={uploads?.accept ?? ""}
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
      {uploads?.queue ? <UploadList {...uploads} queue={uploads.queue} /> : null}
      {children}
    </div>
  );
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
          <FileButton accept={accept} size="sm" onFiles={([file]) => file && queue.add(file, one.target)}>
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
      disabled={!uploads?.queue}
      onFiles={([file]) => file && uploads?.queue?.add(file, { replaces: documentId })}
    >
      {t("replace")}
    </FileButton>
  );
}

/** A button that takes a file for a place of the record, such as a piece of a checklist. */
export function AttachButton({ slot, label }: { slot: string; label: string }) {
  const t = useTranslations("documents");
  const uploads = useContext(UploadsContext);
  return (
    <FileButton
      accept={uploads?.accept ?? ""}
      size="sm"
      label={label}
      disabled={!uploads?.queue}
      onFiles={([file]) => file && uploads?.queue?.add(file, { slot })}
    >
      {t("attach")}
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
