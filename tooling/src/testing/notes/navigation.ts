import type { Navigation } from "@mgs/module/navigation";
import { notesPath } from "./links";
import { can } from "./permissions";
import { notesTexts } from "./texts";

/** Entries that portals show beside their pages and on their dashboards. */
export const noteNavigation: Navigation = {
  pages: [
    {
      href: notesPath(),
      label: (locale) => notesTexts[locale].title,
      icon: "notebook-pen",
      isOpenTo: (actor) => can(actor, "note.write"),
      portals: ["commercial", "gestion-dossier"],
      order: 50,
    },
  ],
};
