"use client";
import type { InboxFilter } from "@mgs/notifications/contract/schemas";
import { Button } from "@mgs/ui/button";
import { EmptyState } from "@mgs/ui/empty-state";
import { Archive, CloudAlert, Inbox, PartyPopper } from "lucide-react";
import { useTranslations } from "../intl";
import { useInboxList, useInboxStore } from "./inbox-provider";
import { NotificationRow } from "./notification-row";
import { NotificationRowsSkeleton } from "./notification-skeleton";

type NotificationListProps = {
  filter: InboxFilter;
  density: "compact" | "full";
  /** The count of rows; with it the list offers no way to load more. */
  limit?: number;
  onOpened?: () => void;
};

const EMPTY_ICONS = { all: Inbox, unread: PartyPopper, archived: Archive } as const;

/** A list of the inbox in all its states: loading, failed, empty, rows, more. */
export function NotificationList({ filter, density, limit, onOpened }: NotificationListProps) {
  const t = useTranslations("notifications");
  const shell = useTranslations("shell");
  const store = useInboxStore();
  const { rows, loaded, hasMore, loading, failed } = useInboxList(filter);
  const shown = limit === undefined ? rows : rows.slice(0, limit);

  if (!loaded && failed)
    return (
      <EmptyState
        icon={<CloudAlert />}
        title={t("failed.title")}
        text={t("failed.text")}
        action={
          <Button variant="secondary" pending={loading} onClick={() => store.loadMore(filter)}>
            {shell("retry")}
          </Button>
        }
      />
    );
  if (!loaded) return <NotificationRowsSkeleton rows={limit ?? 5} label={t("loading")} />;
  if (shown.length === 0 && !hasMore) {
    const Icon = EMPTY_ICONS[filter];
    return <EmptyState icon={<Icon />} title={t(`empty.${filter}.title`)} text={t(`empty.${filter}.text`)} />;
  }
  return (
    <>
      <ul aria-label={t("list")} className="divide-y divide-line">
        {shown.map((item) => (
          <NotificationRow key={item.id} item={item} density={density} {...(onOpened ? { onOpened } : {})} />
        ))}
      </ul>
      {hasMore && limit === undefined ? (
        <div className="flex flex-col items-center gap-2 border-line border-t p-4">
          {failed ? (
            <p role="alert" className="text-danger-ink">
              {t("failed.title")}
            </p>
          ) : null}
          <Button variant="secondary" size="sm" pending={loading} onClick={() => store.loadMore(filter)}>
            {failed ? shell("retry") : t("loadMore")}
          </Button>
        </div>
      ) : null}
    </>
  );
}
