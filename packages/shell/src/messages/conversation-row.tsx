"use client";
import type { ConversationDto } from "@mgs/messaging/contract/conversation";
import { conversationPath } from "@mgs/messaging/links";
import { Avatar } from "@mgs/ui/avatar";
import { cn } from "@mgs/ui/cn";
import { BellOff, FolderOpen, Pin, UsersRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "../intl";
import { PresenceDot } from "../presence/presence-dot";
import { RelativeTime } from "../time/relative";

/** A conversation in the list: whom or what it is with, its newest message, and what is unread. */
export function ConversationRow({ conversation, isCurrent }: { conversation: ConversationDto; isCurrent: boolean }) {
  const t = useTranslations("messages");
  const { id, title, subject, last_message: last, last_at, unread_count: unread, muted, pinned } = conversation;
  const isNews = unread > 0 && !muted;
  return (
    <Link
      href={conversationPath(id)}
      aria-current={isCurrent ? "page" : undefined}
      data-unread={unread}
      className={cn("flex items-center gap-3 px-4 py-2.5 hover:bg-subtle", isCurrent && "bg-accent-soft")}
    >
      <Picture conversation={conversation} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <bdi className={cn("min-w-0 flex-1 truncate text-sm", isNews && "font-semibold")}>{title}</bdi>
          <RelativeTime iso={last_at} className="shrink-0 text-2xs text-muted" />
        </span>
        {subject ? <span className="block truncate text-2xs text-muted">{subject.title}</span> : null}
        <span className="flex items-center gap-2">
          <span className={cn("min-w-0 flex-1 truncate text-xs", isNews ? "text-ink" : "text-muted")}>
            {last && last.excerpt !== "" ? t("lastLine", { name: last.name, text: last.excerpt }) : ""}
          </span>
          {pinned ? <Pin role="img" aria-label={t("pinned")} className="size-3.5 shrink-0 text-muted" /> : null}
          {muted ? <BellOff role="img" aria-label={t("muted")} className="size-3.5 shrink-0 text-muted" /> : null}
          {unread > 0 ? (
            <span
              className={cn(
                "shrink-0 rounded-full px-1.5 font-semibold text-2xs tabular-nums",
                muted ? "bg-subtle text-muted" : "bg-accent text-white",
              )}
            >
              <span aria-hidden>{unread > 99 ? "99+" : unread}</span>
              <span className="sr-only">{t("toUnread", { count: unread })}</span>
            </span>
          ) : null}
        </span>
      </span>
    </Link>
  );
}

/** A person with how they are seen; a group or a record has no initials. */
function Picture({ conversation: { is_pair, title, people, subject } }: { conversation: ConversationDto }) {
  const [first] = people;
  if (is_pair || (subject === null && people.length === 1))
    return (
      <span className="relative shrink-0">
        <Avatar name={first?.name ?? title} />
        {first ? <PresenceDot userId={first.id} className="absolute -end-0.5 -bottom-0.5" /> : null}
      </span>
    );
  const Icon = subject ? FolderOpen : UsersRound;
  return (
    <span
      aria-hidden
      className="inline-flex size-8 shrink-0 items-center justify-center rounded-lg bg-accent-soft text-accent-ink [&_svg]:size-4"
    >
      <Icon />
    </span>
  );
}
