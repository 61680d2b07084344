import { messagesFor } from "@mgs/i18n/catalogue";
import type { Navigation } from "@mgs/module/navigation";
import { DOSSIER_PORTAL } from "./deps";
import { dossiersPath } from "./links";

/** The pages of dossiers, in their portal. */
export const dossierNavigation: Navigation = {
  pages: [
    {
      href: dossiersPath(),
      label: (locale) => messagesFor(locale).dossiers.title,
      icon: "folder-open",
      portals: [DOSSIER_PORTAL],
      order: 20,
    },
  ],
};
