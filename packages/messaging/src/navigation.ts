import { messagesFor } from "@mgs/i18n/catalogue";
import type { Navigation } from "@mgs/module/navigation";
import { messagesPath, writePath } from "./links";

/** The page of messages, in every portal, and the act that begins a conversation. */
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
  acts: [
    {
      href: writePath(),
      label: (locale) => messagesFor(locale).messages.new,
      icon: "messages-square",
      isOpenTo: (actor) => !actor.impersonation,
      order: 8,
    },
  ],
};
