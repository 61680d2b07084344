"use client";
import { inboxPath } from "@mgs/notifications/links";
import { Toaster } from "@mgs/ui/toaster";
import { dismissToast, showToast } from "@mgs/ui/toasts";
import { useEffect, useEffectEvent } from "react";
import { useInboxStore } from "../inbox/inbox-provider";
import { NotificationLink } from "../inbox/notification-link";
import type { InboxItem } from "../inbox/state";
import { useTranslations } from "../intl";
import { isQuiet } from "../messages/unread-messages";
import { useShell } from "../shell-context";
import { createAnnouncer } from "./announcer";
import { browserReservationStorage, reserveToasts } from "./reservations";
import { showMessage } from "./show-message";
import { ToastCard } from "./toast-card";

/** A toast shows the start of a message; the inbox has all of it. */
const EXCERPT_CHARACTERS = 280;
const LINK = "font-medium text-accent-ink underline-offset-4 hover:underline";

/** Cuts a text between characters: a code point has at most two UTF-16 units. */
const excerpt = (text: string) =>
  Array.from(text.slice(0, 2 * EXCERPT_CHARACTERS + 1))
    .slice(0, EXCERPT_CHARACTERS)
    .join("");

/** Shows a toast for each new notification, in one tab of this portal. */
export function InboxToasts() {
  const t = useTranslations("notifications");
  const shell = useTranslations("shell");
  const store = useInboxStore();
  const { portals } = useShell();

  const showItem = useEffectEvent((item: InboxItem) =>
    showToast((id) => {
      const open = () => {
        dismissToast(id);
        void store.opened(item.id);
      };
      const link = (
        <NotificationLink item={item} portals={portals} onOpen={open} className={LINK}>
          {t("open")}
        </NotificationLink>
      );
      return <ToastCard id={id} title={item.titre} text={excerpt(item.message)} link={item.href ? link : null} />;
    }),
  );
  const showSummary = useEffectEvent((count: number) =>
    showToast((id) => {
      const link = (
        <a href={inboxPath()} className={LINK}>
          {t("seeAll")}
        </a>
      );
      return <ToastCard id={id} title={t("summary", { count })} text={t("summaryText")} link={link} />;
    }),
  );
  const showRefusal = useEffectEvent((reason: string | undefined) =>
    showToast((id) => <ToastCard id={id} tone="danger" title={t("actionFailed")} text={reason} />),
  );
  const showNoAnswer = useEffectEvent(() => showMessage(shell("noAnswer"), "danger"));

  useEffect(() => {
    const announcer = createAnnouncer<InboxItem>({
      reserve: (ids) => reserveToasts(ids, browserReservationStorage()),
      isVisible: () => document.visibilityState === "visible",
      isStillUnread: ({ id }) => store.isUnread(id),
      show: (item) => showItem(item),
      summarise: (count) => showSummary(count),
    });
    const stopListening = store.listen({
      // What comes while its reader does not want to be disturbed is in the inbox.
      onNewItems: (items) => isQuiet() || void announcer.announce(items),
      onRefused: (reason) => showRefusal(reason),
      onNoAnswer: () => showNoAnswer(),
    });
    const flush = () => void announcer.flush();
    document.addEventListener("visibilitychange", flush);
    return () => {
      stopListening();
      document.removeEventListener("visibilitychange", flush);
    };
  }, [store]);

  return <Toaster label={t("toasts")} />;
}
