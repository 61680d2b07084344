import { messagesFor } from "@mgs/i18n/catalogue";
import type { Navigation, NavigationEntry } from "@mgs/module/navigation";
import { inboxPath, sendFormPath } from "./links";
import { can } from "./permissions";

const send: NavigationEntry = {
  href: sendFormPath(),
  label: (locale) => messagesFor(locale).shell.nav.send,
  shortLabel: (locale) => messagesFor(locale).shell.nav.sendShort,
  icon: "send",
  isOpenTo: (actor) => can(actor, "notification.send"),
  order: 20,
};

/** The inbox, and the form that sends. */
export const notificationNavigation: Navigation = {
  pages: [
    {
      href: inboxPath(),
      label: (locale) => messagesFor(locale).shell.nav.notifications,
      icon: "bell",
      order: 10,
    },
    send,
  ],
  quickActions: [send],
};
