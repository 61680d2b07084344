"use client";
import { messagesPath } from "@mgs/messaging/links";
import { buttonStyles } from "@mgs/ui/button";
import { MessagesSquare } from "lucide-react";
import Link from "next/link";
import { useSyncExternalStore } from "react";
import { useTranslations } from "../intl";
import { MessagesWatch } from "./messages-watch";
import { unreadMessages } from "./unread-messages";

/** The way to one's messages from every page, with the number of those that are unread. */
export function MessagesLink() {
  const t = useTranslations("shell");
  const count = useSyncExternalStore(unreadMessages.subscribe, unreadMessages.get, () => null) ?? 0;
  return (
    <>
      <Link
        href={messagesPath()}
        aria-label={t("messages", { count })}
        data-testid="messages"
        data-count={count}
        className={buttonStyles({ variant: "ghost", size: "icon-lg", className: "relative" })}
      >
        <MessagesSquare aria-hidden className="!size-5" />
        {count > 0 ? (
          <span
            aria-hidden
            data-badge={count > 99 ? "99+" : count}
            className="absolute start-5 -top-0.5 min-w-5 rounded-full border-2 border-surface bg-danger px-1 text-center font-semibold text-2xs text-white leading-4 tabular-nums before:content-[attr(data-badge)]"
          />
        ) : null}
      </Link>
      <MessagesWatch />
    </>
  );
}
