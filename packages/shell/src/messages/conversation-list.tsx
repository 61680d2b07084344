"use client";
import type { ConversationPage } from "@mgs/messaging/contract/conversation";
import { Button } from "@mgs/ui/button";
import { EmptyState } from "@mgs/ui/empty-state";
import { Input } from "@mgs/ui/input";
import { Segmented, segmentStyles } from "@mgs/ui/segmented";
import { Skeleton } from "@mgs/ui/skeleton";
import { Archive, CheckCheck, ListFilter, MessagesSquare, SearchX } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "../intl";
import { ConversationRow } from "./conversation-row";
import { type ConversationFilter, useConversationList } from "./use-conversation-list";

const FILTERS = ["all", "unread", "archived"] as const;
const EMPTY_ICONS = { all: MessagesSquare, unread: CheckCheck, archived: Archive } as const;

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
  const words = search.trim();
  const { conversations, failed, more, retry } = useConversationList({ filter, search: words }, initial);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="grid gap-2 border-line border-b p-3">
        <div className="relative">
          <ListFilter aria-hidden className="absolute start-3 top-1/2 size-4 -translate-y-1/2 text-muted" />
          <Input
            type="search"
            aria-label={t("filterList")}
            placeholder={t("filterList")}
            className="ps-9"
            value={search}
            maxLength={100}
            onChange={({ target }) => setSearch(target.value)}
          />
        </div>
        <Segmented label={t("filters.label")} className="w-full">
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
        <div className="grid justify-items-start gap-2 p-4">
          <p role="alert" className="text-danger-ink text-sm">
            {t("loadFailed")}
          </p>
          <Button variant="secondary" size="sm" onClick={retry}>
            {t("retry")}
          </Button>
        </div>
      ) : null}
      {conversations === null ? (
        failed ? null : (
          <LoadingRows label={t("loading")} />
        )
      ) : conversations.length === 0 ? (
        <NothingFound filter={filter} words={words} />
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

function NothingFound({ filter, words }: { filter: ConversationFilter["filter"]; words: string }) {
  const t = useTranslations("messages");
  if (words !== "")
    return <EmptyState icon={<SearchX aria-hidden />} title={t("noneFound")} text={t("noneFoundHint")} />;
  const Icon = EMPTY_ICONS[filter];
  return <EmptyState icon={<Icon aria-hidden />} title={t(`none.${filter}`)} text={t(`noneHint.${filter}`)} />;
}

const LoadingRows = ({ label }: { label: string }) => (
  <div role="status" aria-label={label} className="grid gap-4 p-4">
    {[0, 1, 2, 3].map((row) => (
      <div key={row} className="flex items-center gap-3">
        <Skeleton className="size-8 shrink-0 rounded-full" />
        <div className="grid flex-1 gap-1.5">
          <Skeleton className="h-3.5 w-1/2" />
          <Skeleton className="h-3 w-full" />
        </div>
      </div>
    ))}
  </div>
);
