"use client";
import { CHANGEABLE_MINUTES, type MessageDto } from "@mgs/messaging/contract/message";
import { Avatar } from "@mgs/ui/avatar";
import { cn } from "@mgs/ui/cn";
import { CornerUpLeft } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "../intl";
import { RelativeTime } from "../time/relative";
import { MarkdownText } from "../writing/markdown-text";
import type { MessageActs } from "./message-acts";
import { MessageAttachments } from "./message-attachments";
import { MessageEdit } from "./message-edit";
import { MessageLine } from "./message-line";
import { MessageMenu } from "./message-menu";
import { MessageReactions } from "./message-reactions";

type MessageItemProps = {
  message: MessageDto;
  /** Who wrote it need not be said again. */
  isContinued: boolean;
  /** Names of those who have read it, as far as they show it; null: nobody shows it to the reader. */
  readBy: readonly string[] | null;
  acts: MessageActs;
};

/** One message, the line of what has happened, or the place where a message was. */
export function MessageItem({ message, isContinued, readBy, acts }: MessageItemProps) {
  const t = useTranslations("messages");
  const [editing, setEditing] = useState(false);
  const { auteur: author } = message;
  const isOwn = author.id === acts.userId;
  if (message.kind !== "text") return <MessageLine message={message} />;
  if (message.deleted_at !== null)
    return (
      <article id={`message-${message.id}`} className="px-4 py-1 text-muted text-sm italic sm:ps-17" data-message>
        {t("deleted", { name: author.name })}
      </article>
    );
  const isChangeable = isOwn && acts.now() - Date.parse(message.created_at) < CHANGEABLE_MINUTES * 60_000;
  return (
    <article
      id={`message-${message.id}`}
      data-message
      className={cn("group flex gap-3 px-4 hover:bg-subtle/60", isContinued ? "py-0.5" : "pt-3 pb-0.5")}
    >
      <div className="hidden w-8 shrink-0 sm:block">{isContinued ? null : <Avatar name={author.name} size="sm" />}</div>
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
            className="flex min-w-0 items-center gap-1.5 justify-self-start border-line border-s-4 ps-2 text-start text-muted text-xs hover:text-ink"
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
          <MessageEdit message={message} acts={acts} onClose={() => setEditing(false)} />
        ) : message.content === "" ? null : (
          <MarkdownText content={message.content} names={message.mentioned.map(({ name }) => name)} />
        )}
        <MessageAttachments message={message} />
        <MessageReactions message={message} acts={acts} />
        {message.edited_at === null && (readBy === null || !isOwn) ? null : (
          <p className="flex gap-2 text-2xs text-muted">
            {message.edited_at === null ? null : <span>{t("edited")}</span>}
            {isOwn && readBy !== null && readBy.length > 0 ? (
              <span title={readBy.join(", ")}>{t("readBy", { count: readBy.length })}</span>
            ) : null}
          </p>
        )}
      </div>
      <MessageMenu message={message} acts={acts} isChangeable={isChangeable} onEdit={() => setEditing(true)} />
    </article>
  );
}
