"use client";
import { inboxPath } from "@mgs/notifications/links";
import { Button, buttonStyles } from "@mgs/ui/button";
import { Popover } from "@mgs/ui/popover";
import { Bell as BellIcon, CheckCheck } from "lucide-react";
import Link from "next/link";
import { useId, useState } from "react";
import { useTranslations } from "../intl";
import { useInboxStore, useUnreadCount } from "./inbox-provider";
import { NotificationList } from "./notification-list";

/** The bell of every portal: it shows the unread count and the latest notifications. */
export function Bell() {
  const t = useTranslations("notifications");
  const store = useInboxStore();
  const count = useUnreadCount();
  const [open, setOpen] = useState(false);
  const titleId = useId();
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      labelledBy={titleId}
      className="w-104"
      button={(props) => (
        <Button
          {...props}
          variant="ghost"
          size="icon-lg"
          aria-label={t("bell", { count })}
          data-testid="bell"
          data-count={count}
        >
          <BellIcon aria-hidden className="!size-5" />
          {count > 0 ? (
            <span
              aria-hidden
              data-badge={count > 99 ? "99+" : count}
              className="absolute start-5 -top-0.5 min-w-5 rounded-full border-2 border-surface bg-danger px-1 text-center font-semibold text-2xs text-white leading-4 tabular-nums before:content-[attr(data-badge)]"
            />
          ) : null}
        </Button>
      )}
    >
      <div className="flex min-h-14 items-center justify-between gap-2 border-line border-b py-2 ps-4 pe-2 sm:ps-6">
        <h2 id={titleId} className="font-semibold">
          {t("title")}
          <span className="block font-normal text-muted text-xs">{t("unreadCount", { count })}</span>
        </h2>
        <Button variant="ghost" size="sm" disabled={count === 0} onClick={() => store.readAll()}>
          <CheckCheck aria-hidden />
          {t("readAll")}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section tabIndex={0} aria-labelledby={titleId} className="max-h-[min(26rem,60dvh)] overflow-y-auto">
        <NotificationList filter="all" density="compact" onOpened={() => setOpen(false)} />
      </section>
      <div className="border-line border-t p-2">
        <Link
          href={inboxPath()}
          onClick={() => setOpen(false)}
          className={buttonStyles({ variant: "link", className: "w-full" })}
        >
          {t("seeAll")}
        </Link>
      </div>
    </Popover>
  );
}
