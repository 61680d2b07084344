"use client";
import { Button } from "@mgs/ui/button";
import { CircleAlert, CircleCheck, Pause, Play, X } from "lucide-react";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "../intl";
import { formatBytes } from "./format-bytes";
import type { InterruptedUpload } from "./interrupted-uploads";
import type { QueuedUpload, UploadQueue } from "./upload-queue";

const REFUSALS = ["type", "archive", "empty", "text", "checksum"] as const;
const isRefusal = (reason: string | null): reason is (typeof REFUSALS)[number] =>
  REFUSALS.some((known) => known === reason);

/** One upload of this page: how far it is, and what can be done about it. */
export function UploadItem({ upload, queue }: { upload: QueuedUpload; queue: UploadQueue }) {
  const t = useTranslations("documents");
  const { id, name, state } = upload;
  const isOver = state === "done" || state === "failed";
  return (
    <Row name={name} state={state} status={<Status upload={upload} />} bytes={upload.bytes} sent={upload.sent}>
      {state === "sending" || state === "offline" ? (
        <Act label={t("pause")} name={name} onPress={() => queue.pause(id)} icon={<Pause aria-hidden />} />
      ) : null}
      {state === "paused" ? (
        <Act label={t("resume")} name={name} onPress={() => queue.resume(id)} icon={<Play aria-hidden />} />
      ) : null}
      <Act
        label={t(isOver ? "dismiss" : "cancel")}
        name={name}
        onPress={() => (isOver ? queue.dismiss(id) : queue.cancel(id))}
        icon={<X aria-hidden />}
      />
    </Row>
  );
}

type InterruptedItemProps = { upload: InterruptedUpload; onGiveUp: () => void; children: ReactNode };

/** An upload of a page before this one, which goes on once its file is chosen again. */
export function InterruptedItem({ upload: { name, bytes }, onGiveUp, children }: InterruptedItemProps) {
  const t = useTranslations("documents");
  return (
    <Row name={name} state="interrupted" status={t("state.interrupted")} bytes={bytes} sent={null}>
      {children}
      <Act label={t("cancel")} name={name} onPress={onGiveUp} icon={<X aria-hidden />} />
    </Row>
  );
}

function Status({ upload }: { upload: QueuedUpload }) {
  const t = useTranslations("documents");
  const locale = useLocale();
  const { state, sent, bytes, message, refusal } = upload;
  const percent = bytes === 0 ? 0 : Math.floor((100 * sent) / bytes);
  if (state === "failed") {
    const text = isRefusal(refusal) ? t(`refusals.${refusal}`) : message || t("failed");
    return (
      <span role="alert" className="flex items-start gap-1.5 text-danger-ink">
        <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
        {text}
      </span>
    );
  }
  if (state === "done") {
    return (
      <span className="flex items-center gap-1.5 text-success-ink">
        <CircleCheck aria-hidden className="size-3.5" />
        {t("state.done")}
      </span>
    );
  }
  if (state === "sending") {
    return sent === bytes && bytes > 0
      ? t("state.checking")
      : t("state.sending", { done: formatBytes(sent, locale), size: formatBytes(bytes, locale) });
  }
  return t(`state.${state}`, { percent });
}

type RowProps = {
  name: string;
  state: string;
  status: ReactNode;
  bytes: number;
  /** Null where it is not known. */
  sent: number | null;
  children: ReactNode;
};

function Row({ name, state, status, bytes, sent, children }: RowProps) {
  const t = useTranslations("documents");
  return (
    <li data-upload={name} data-state={state} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3 sm:px-6">
      <div className="grid min-w-0 flex-1 basis-56 gap-1">
        <p className="truncate font-medium">
          <bdi>{name}</bdi>
        </p>
        {state === "done" || state === "failed" || sent === null ? null : (
          <progress
            aria-label={t("progress", { name })}
            max={Math.max(bytes, 1)}
            value={sent}
            className="h-1.5 w-full accent-accent"
          />
        )}
        <p className="break-words text-muted text-xs tabular-nums">{status}</p>
      </div>
      <div className="flex flex-wrap items-center gap-1">{children}</div>
    </li>
  );
}

type ActProps = { label: string; name: string; icon: ReactNode; onPress: () => void };

function Act({ label, name, icon, onPress }: ActProps) {
  return (
    <Button variant="ghost" size="icon" aria-label={`${label} – ${name}`} title={label} onClick={onPress}>
      {icon}
    </Button>
  );
}
