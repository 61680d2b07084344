"use client";
import type { ConversationDto, ConversationPage } from "@mgs/messaging/contract/conversation";
import { conversationPath } from "@mgs/messaging/links";
import { Avatar } from "@mgs/ui/avatar";
import { Button } from "@mgs/ui/button";
import { cn } from "@mgs/ui/cn";
import { EmptyState } from "@mgs/ui/empty-state";
import { Input } from "@mgs/ui/input";
import { Segmented, segmentStyles } from "@mgs/ui/segmented";
import { Skeleton } from "@mgs/ui/skeleton";
import { BellOff, MessagesSquare, Pin } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "../intl";
import { PresenceDot } from "../presence/presence-dot";
import { RelativeTime } from "../time/relative";
import { type ConversationFilter, useConversationList } from "./use-conversation-list";

const FILTERS = ["all", "unread", "archived"] as const;

type ConversationListProps = {
  initial: ConversationPage;
  /** The one that is open. */
  currentId: number | null;
};

/** One's conversations, live: the pinned ones first, then by their newest message. */
export function ConversationList({ initial, currentId }: ConversationListProps) {
  const t = useTranslations("messages");
  const [filter, setFilter] = useState<ConversationFilter["filter"]>("all");
  const [search, setSearch] = useState("");
  const { conversations, failed, more } = useConversationList({ filter, search: search.trim() }, initial);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="grid gap-2 border-line border-b p-3">
        <Input
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          value={search}
          maxLength={100}
          onChange={({ target }) => setSearch(target.value)}
        />
        <Segmented label={t("filters.label")}>
          {FILTERS.map((choice) => (
            <button
              key={choice}
              type="button"
              aria-pressed={choice === filter}
              onClick={() => setFilter(choice)}
              className={segmentStyles(choice === filter)}
            >
              {t(`filters.${choice}`)}
            </button>
          ))}
        </Segmented>
      </div>
      {failed ? (
        <p role="alert" className="p-4 text-danger-ink text-sm">
          {t("loadFailed")}
        </p>
      ) : null}
      {conversations === null ? (
        <div className="grid gap-3 p-4">
          <Skeleton className="h-12 w-full" />
          <Skeleton className="h-12 w-full" />
          <Skeleton className="h-12 w-full" />
        </div>
      ) : conversations.length === 0 ? (
        filter === "all" && search === "" ? (
          <EmptyState icon={<MessagesSquare aria-hidden />} title={t("emptyList")} text={t("emptyListHint")} />
        ) : (
          <p className="p-4 text-muted text-sm">{t("noneFound")}</p>
        )
      ) : (
        <ul aria-label={t("list")} className="min-h-0 flex-1 overflow-y-auto">
          {conversations.map((one) => (
            <li key={one.id}>
              <ConversationRow conversation={one} isCurrent={one.id === currentId} />
            </li>
          ))}
          {more ? (
            <li className="p-3 text-center">
              <Button variant="secondary" size="sm" onClick={() => void more()}>
                {t("listMore")}
              </Button>
            </li>
          ) : null}
        </ul>
      )}
    </div>
  );
}

function ConversationRow({ conversation, isCurrent }: { conversation: ConversationDto; isCurrent: boolean }) {
  const t = useTranslations("messages");
  const { id, title, subject, people, last_message: last, last_at, unread_count: unread, muted, pinned } = conversation;
  const [first] = people;
  return (
    <Link
      href={conversationPath(id)}
      aria-current={isCurrent ? "page" : undefined}
      data-unread={unread}
      className={cn("flex items-center gap-3 px-4 py-2.5 hover:bg-subtle", isCurrent && "bg-accent-soft")}
    >
      <span className="relative shrink-0">
        <Avatar name={title} />
        {conversation.is_pair && first ? <PresenceDot userId={first.id} className="absolute end-0 bottom-0" /> : null}
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <bdi className={cn("min-w-0 flex-1 truncate text-sm", unread > 0 && "font-semibold")}>{title}</bdi>
          <RelativeTime iso={last_at} className="shrink-0 text-2xs text-muted" />
        </span>
        {subject ? <span className="block truncate text-2xs text-muted">{subject.title}</span> : null}
        <span className="flex items-center gap-2">
          <span className={cn("min-w-0 flex-1 truncate text-xs", unread > 0 ? "text-ink" : "text-muted")}>
            {last && last.excerpt !== "" ? `${last.name} : ${last.excerpt}` : ""}
          </span>
          {pinned ? <Pin aria-label={t("pinned")} className="size-3.5 shrink-0 text-muted" /> : null}
          {muted ? <BellOff aria-label={t("muted")} className="size-3.5 shrink-0 text-muted" /> : null}
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
