"use client";
import { INBOX_FILTERS, type InboxFilter } from "@mgs/notifications/contract/rules";
import { inboxPath } from "@mgs/notifications/links";
import { Button } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { Segmented, segmentStyles } from "@mgs/ui/segmented";
import { CheckCheck } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useInboxStore, useUnreadCount } from "./inbox/inbox-provider";
import { NotificationList } from "./inbox/notification-list";
import { useTranslations } from "./intl";
import { PageHeader } from "./layout/page-header";

/** `/notifications`: the whole inbox; the address names the list that is shown (`?filter=`). */
export function InboxPage() {
  const t = useTranslations("notifications");
  const store = useInboxStore();
  const count = useUnreadCount();
  const requested = useSearchParams().get("filter");
  const filter: InboxFilter = INBOX_FILTERS.find((known) => known === requested) ?? "all";
  return (
    <>
      <PageHeader
        title={t("title")}
        intro={t("intro")}
        actions={
          <Button variant="secondary" disabled={count === 0} onClick={() => store.readAll()}>
            <CheckCheck aria-hidden />
            {t("readAll")}
          </Button>
        }
      />
      <Segmented label={t("filters.label")} className="mb-4">
        {INBOX_FILTERS.map((choice) => (
          <Link
            key={choice}
            href={inboxPath(choice)}
            scroll={false}
            prefetch={false}
            aria-current={choice === filter ? "page" : undefined}
            className={segmentStyles(choice === filter)}
          >
            {t(`filters.${choice}`)}
            {choice === "unread" && count > 0 ? (
              <span className="text-muted text-xs tabular-nums">{count > 99 ? "99+" : count}</span>
            ) : null}
          </Link>
        ))}
      </Segmented>
      <Card>
        <NotificationList key={filter} filter={filter} density="full" />
      </Card>
    </>
  );
}
