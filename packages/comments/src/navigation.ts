import { messagesFor } from "@mgs/i18n/catalogue";
import type { Navigation } from "@mgs/module/navigation";
import { moderationPath } from "./links";
import { can } from "./permissions";

/** The page of moderation, in the portal that has it. */
export const commentNavigation: Navigation = {
  pages: [
    {
      href: moderationPath(),
      label: (locale) => messagesFor(locale).comments.moderation.title,
      shortLabel: (locale) => messagesFor(locale).comments.moderation.link,
      icon: "shield-check",
      portals: ["gestion-dossier"],
      isOpenTo: (actor) => can(actor, "comments.moderate") || can(actor, "comment-words.manage"),
      order: 85,
    },
  ],
};
