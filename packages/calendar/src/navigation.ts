import { absencesPath } from "@mgs/core/portal-links";
import type { Navigation } from "@mgs/module/navigation";
import { can } from "./permissions";
import { calendarTexts } from "./texts";

/** The account page of a person's absences. */
export const calendarNavigation: Navigation = {
  account: [
    {
      href: absencesPath(),
      label: (locale) => calendarTexts[locale].absence.title,
      shortLabel: (locale) => calendarTexts[locale].absence.tab,
      icon: "calendar-x",
      isOpenTo: (actor) => can(actor, "absence.read"),
      order: 20,
    },
  ],
};
