"use client";
import { CHANGEABLE_MINUTES, type MessageDto } from "@mgs/messaging/contract/message";
import { Avatar } from "@mgs/ui/avatar";
import { cn } from "@mgs/ui/cn";
import { CornerUpLeft } from "lucide-react";
import { useRef, useState } from "react";
import { useLocale, useTimeZone, useTranslations } from "../intl";
import { RelativeTime } from "../time/relative";
import { absoluteTime } from "../time/relative-time";
import { MarkdownText } from "../writing/markdown-text";
import type { MessageActs } from "./message-acts";
import { MessageAttachments } from "./message-attachments";
import { MessageEdit } from "./message-edit";
import { MessageLine } from "./message-line";
import { MessageMenu } from "./message-menu";
import { MessageReactions } from "./message-reactions";
import { ReadBy } from "./read-by";
import { RecordCards } from "./record-cards";

type MessageItemProps = {
  message: MessageDto;
  /** Who wrote it need not be said again. */
  isContinued: boolean;
  /** The keys are in its row. */
  isActive: boolean;
  /** The reader was led to it. */
  isFound: boolean;
  /** Names of those who have read it, as far as they show it; null: nobody shows it to the reader. */
  readBy: readonly string[] | null;
  acts: MessageActs;
};

/** One message, the line of what has happened, or the place where a message was. */
export function MessageItem({ message, isContinued, isActive, isFound, readBy, acts }: MessageItemProps) {
  const t = useTranslations("messages");
  const frame = useRef<HTMLElement>(null);
  const [editing, setEditing] = useState(false);
  const { auteur: author } = message;
  const isOwn = author.id === acts.userId;
  if (message.kind !== "text") return <MessageLine message={message} />;
  if (message.deleted_at !== null)
    return (
      <article id={`message-${message.id}`} className="px-4 py-1 text-muted text-sm italic sm:ps-15" data-message>
        {t("deleted", { name: author.name })}
      </article>
    );
  function closeEdit() {
    setEditing(false);
    // The field is gone with its focus.
    frame.current?.closest("li")?.focus({ preventScroll: true });
  }
  const readers = isOwn ? (readBy ?? []) : [];
  const isChangeable = isOwn && acts.now() - Date.parse(message.created_at) < CHANGEABLE_MINUTES * 60_000;
  return (
    <article
      id={`message-${message.id}`}
      data-message
      aria-current={isFound ? "location" : undefined}
      ref={frame}
      className={cn(
        "flex gap-3 px-4 group-focus-within:bg-subtle/60 group-hover:bg-subtle/60",
        isContinued ? "py-0.5" : "pt-3 pb-0.5",
        isFound && "bg-accent-soft",
      )}
    >
      <div className="hidden w-8 shrink-0 sm:block">
        {isContinued ? <HourOnDemand iso={message.created_at} /> : <Avatar name={author.name} />}
      </div>
      <div className="grid min-w-0 flex-1 grid-cols-1 gap-1">
        {isContinued ? null : (
          <p className="text-xs">
            <bdi className="break-words font-semibold text-ink text-sm">{author.name}</bdi>{" "}
            <RelativeTime iso={message.created_at} className="text-muted" />
          </p>
        )}
        {message.reply_to === null ? null : (
          <button
            type="button"
            onClick={() => message.reply_to && acts.show(message.reply_to)}
            className="flex min-w-0 max-w-full items-center gap-1.5 justify-self-start border-line border-s-4 ps-2 text-start text-muted text-xs hover:text-ink"
          >
            <CornerUpLeft aria-hidden className="size-3.5 shrink-0" />
            <span className="sr-only">{t("replyTo", { name: message.reply_to.name })}</span>
            <span aria-hidden className="shrink-0 font-medium">
              {message.reply_to.name}
            </span>
            <span className="truncate">{message.reply_to.excerpt}</span>
          </button>
        )}
        {editing ? (
          <MessageEdit message={message} acts={acts} onClose={closeEdit} />
        ) : message.content === "" ? null : (
          <MarkdownText content={message.content} names={message.mentioned.map(({ name }) => name)} />
        )}
        <RecordCards content={message.content} />
        <MessageAttachments message={message} />
        <MessageReactions message={message} acts={acts} />
        {message.edited_at === null && readers.length === 0 ? null : (
          <div className="flex gap-2 text-2xs text-muted">
            {message.edited_at === null ? null : <span>{t("edited")}</span>}
            {readers.length === 0 ? null : <ReadBy names={readers} />}
          </div>
        )}
      </div>
      <MessageMenu
        message={message}
        acts={acts}
        isChangeable={isChangeable}
        isActive={isActive}
        onEdit={() => setEditing(true)}
      />
    </article>
  );
}

/** The time of a message whose author is not named again: in sight while its row is pointed at or has the focus, and always there for screen readers. */
function HourOnDemand({ iso }: { iso: string }) {
  const [locale, timeZone] = [useLocale(), useTimeZone()];
  return (
    <time
      dateTime={iso}
      title={absoluteTime(iso, locale, timeZone)}
      className="block text-2xs text-muted leading-6 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
    >
      {new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone }).format(new Date(iso))}
    </time>
  );
}
