import { messagesFor } from "@mgs/i18n/catalogue";
import type { Navigation } from "@mgs/module/navigation";
import { DOSSIER_PORTAL } from "./deps";
import {
  dossierBoardPath,
  dossierCalendarPath,
  dossiersOfPath,
  dossiersPath,
  dossierTypePath,
  dossierTypesPath,
  figuresPath,
  newDossierPath,
  newSeancePath,
  seancesPath,
} from "./links";
import { can } from "./permissions";

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
    {
      href: figuresPath(),
      label: (locale) => messagesFor(locale).dossierWork.figures.title,
      shortLabel: (locale) => messagesFor(locale).dossierWork.figures.navShort,
      icon: "chart-column",
      portals: [DOSSIER_PORTAL],
      order: 22,
    },
    {
      href: seancesPath(),
      label: (locale) => messagesFor(locale).dossierWork.seances.title,
      icon: "users-round",
      portals: [DOSSIER_PORTAL],
      order: 25,
    },
    {
      href: dossierTypesPath(),
      label: (locale) => messagesFor(locale).dossierWork.types.title,
      shortLabel: (locale) => messagesFor(locale).dossierWork.types.navShort,
      icon: "list-ordered",
      portals: [DOSSIER_PORTAL],
      isOpenTo: (actor) => can(actor, "dossier-types.manage"),
      order: 80,
    },
  ],
  quickActions: [
    {
      href: newDossierPath(),
      label: (locale) => messagesFor(locale).dossiers.list.open,
      icon: "folder-plus",
      portals: [DOSSIER_PORTAL],
      isOpenTo: (actor) => can(actor, "dossiers.open"),
      order: 5,
    },
    {
      href: dossiersOfPath("me"),
      label: (locale) => messagesFor(locale).dossiers.list.tabs.mine,
      icon: "folder-open",
      portals: [DOSSIER_PORTAL],
      order: 6,
    },
  ],
  acts: [
    {
      href: newSeancePath(),
      label: (locale) => messagesFor(locale).dossierWork.seances.add,
      icon: "users-round",
      portals: [DOSSIER_PORTAL],
      isOpenTo: (actor) => can(actor, "dossiers.work"),
      order: 7,
    },
    {
      href: `${dossiersPath()}?asked=me`,
      label: (locale) => messagesFor(locale).dossierWork.palette.opinions,
      icon: "scroll-text",
      portals: [DOSSIER_PORTAL],
      order: 30,
    },
    {
      href: `${dossiersPath()}?overdue=true`,
      label: (locale) => messagesFor(locale).dossierWork.palette.overdue,
      icon: "timer",
      portals: [DOSSIER_PORTAL],
      order: 31,
    },
    {
      href: dossiersOfPath("nobody"),
      label: (locale) => messagesFor(locale).dossierWork.palette.unassigned,
      icon: "folder-open",
      portals: [DOSSIER_PORTAL],
      order: 32,
    },
    {
      href: dossierBoardPath(),
      label: (locale) => messagesFor(locale).dossiers.board.title,
      icon: "layout-dashboard",
      portals: [DOSSIER_PORTAL],
      order: 33,
    },
    {
      href: dossierCalendarPath(),
      label: (locale) => messagesFor(locale).dossiers.calendar.title,
      icon: "calendar-days",
      portals: [DOSSIER_PORTAL],
      order: 34,
    },
    {
      href: dossierTypePath("nouveau"),
      label: (locale) => messagesFor(locale).dossierWork.types.add,
      icon: "list-ordered",
      portals: [DOSSIER_PORTAL],
      isOpenTo: (actor) => can(actor, "dossier-types.manage"),
      order: 81,
    },
  ],
};
