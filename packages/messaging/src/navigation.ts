import { messagesFor } from "@mgs/i18n/catalogue";
import type { Navigation } from "@mgs/module/navigation";
import { messagesPath } from "./links";

/** The page of messages, in every portal. */
export const messageNavigation: Navigation = {
  pages: [
    {
      href: messagesPath(),
      label: (locale) => messagesFor(locale).messages.title,
      icon: "messages-square",
      isOpenTo: (actor) => !actor.impersonation,
      order: 95,
    },
  ],
};
