import { consentsPath, devicesPath, profilePath } from "@mgs/core/portal-links";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { Navigation } from "@mgs/module/navigation";

/** The account pages of a person. */
export const identityNavigation: Navigation = {
  account: [
    { href: profilePath(), label: (locale) => messagesFor(locale).profile.title, icon: "circle-user", order: 0 },
    {
      href: devicesPath(),
      label: (locale) => messagesFor(locale).devices.title,
      icon: "monitor-smartphone",
      order: 10,
    },
    {
      href: consentsPath(),
      label: (locale) => messagesFor(locale).consents.title,
      shortLabel: (locale) => messagesFor(locale).consents.tab,
      icon: "app-window",
      order: 30,
    },
  ],
};
