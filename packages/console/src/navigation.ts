import { can as canAudit } from "@mgs/audit/permissions";
import { holidayTexts } from "@mgs/calendar/holidays/holiday-texts";
import { holidaysPath } from "@mgs/calendar/links";
import { can as canCalendar } from "@mgs/calendar/permissions";
import { ISSUER_PORTAL } from "@mgs/core/portals";
import { messagesFor } from "@mgs/i18n/catalogue";
import { newImportPath } from "@mgs/identity/links";
import { can as canIdentity } from "@mgs/identity/permissions";
import { can as canJobs } from "@mgs/jobs/permissions";
import { journalPath } from "@mgs/journal/links";
import { can as canMaintenance } from "@mgs/maintenance/permissions";
import type { Navigation, NavigationEntry } from "@mgs/module/navigation";
import { can as canNotifications } from "@mgs/notifications/permissions";
import { can as canHealth } from "@mgs/observability/permissions";
import { can as canKeys } from "@mgs/oidc/permissions";
import { can as canRealtime } from "@mgs/realtime-admin/permissions";
import {
  applicationsPath,
  healthPath,
  invitePath,
  keysPath,
  maintenancePath,
  newApplicationPath,
  newRolePath,
  peoplePath,
  queuesPath,
  realtimePath,
  rolesPath,
  secondFactorRolesPath,
  sentPath,
  sessionsPath,
} from "./links";

/** The console's pages, each by the permission of the domain that it shows. */
const PAGES: readonly NavigationEntry[] = [
  {
    href: sentPath(),
    label: (locale) => messagesFor(locale).console.nav.notifications,
    icon: "history",
    isOpenTo: (actor) => canNotifications(actor, "sent.read"),
    order: 110,
  },
  {
    href: peoplePath(),
    label: (locale) => messagesFor(locale).console.nav.people,
    icon: "users-round",
    isOpenTo: (actor) => canIdentity(actor, "accounts.read"),
    order: 105,
  },
  {
    href: rolesPath(),
    label: (locale) => messagesFor(locale).console.nav.roles,
    icon: "shield-check",
    isOpenTo: (actor) => canIdentity(actor, "roles.read"),
    order: 107,
  },
  {
    href: applicationsPath(),
    label: (locale) => messagesFor(locale).console.nav.applications,
    icon: "app-window",
    isOpenTo: (actor) => canIdentity(actor, "clients.read"),
    order: 115,
  },
  {
    href: queuesPath(),
    label: (locale) => messagesFor(locale).console.nav.queues,
    icon: "list-ordered",
    isOpenTo: (actor) => canJobs(actor, "queues.read"),
    order: 120,
  },
  {
    href: realtimePath(),
    label: (locale) => messagesFor(locale).console.nav.realtime,
    icon: "radio-tower",
    isOpenTo: (actor) => canRealtime(actor, "channels.read"),
    order: 130,
  },
  {
    href: healthPath(),
    label: (locale) => messagesFor(locale).console.nav.health,
    icon: "heart-pulse",
    isOpenTo: (actor) => canHealth(actor, "health.read"),
    order: 140,
  },
  {
    href: journalPath(),
    label: (locale) => messagesFor(locale).journal.nav,
    icon: "scroll-text",
    isOpenTo: (actor) => canAudit(actor, "audit.read"),
    order: 150,
  },
  {
    href: sessionsPath(),
    label: (locale) => messagesFor(locale).console.sessions.nav,
    icon: "timer",
    isOpenTo: (actor) => canIdentity(actor, "sessions.configure"),
    order: 157,
  },
  {
    href: keysPath(),
    label: (locale) => messagesFor(locale).console.keys.nav,
    icon: "key-round",
    isOpenTo: (actor) => canKeys(actor, "keys.read"),
    order: 160,
  },
  {
    href: holidaysPath(),
    label: (locale) => holidayTexts(locale)("nav"),
    icon: "calendar-days",
    isOpenTo: (actor) => canCalendar(actor, "calendar.manage"),
    order: 165,
  },
  {
    href: maintenancePath(),
    label: (locale) => messagesFor(locale).console.maintenance.nav,
    icon: "wrench",
    isOpenTo: (actor) => canMaintenance(actor, "maintenance.manage"),
    order: 170,
  },
  {
    href: secondFactorRolesPath(),
    label: (locale) => messagesFor(locale).console.nav.secondFactor,
    icon: "shield-check",
    isOpenTo: (actor) => canIdentity(actor, "second-factor.require"),
    order: 155,
  },
];

/** What the console's pages begin with, for the command palette. */
const ACTS: readonly NavigationEntry[] = [
  {
    href: invitePath(),
    label: (locale) => messagesFor(locale).console.people.invite,
    icon: "circle-user",
    isOpenTo: (actor) => canIdentity(actor, "accounts.manage"),
    order: 205,
  },
  {
    href: newImportPath(),
    label: (locale) => messagesFor(locale).console.people.import,
    icon: "users-round",
    isOpenTo: (actor) => canIdentity(actor, "accounts.import"),
    order: 206,
  },
  {
    href: newRolePath(),
    label: (locale) => messagesFor(locale).console.roles.create,
    icon: "shield-check",
    isOpenTo: (actor) => canIdentity(actor, "roles.manage"),
    order: 207,
  },
  {
    href: newApplicationPath(),
    label: (locale) => messagesFor(locale).console.applications.add,
    icon: "app-window",
    isOpenTo: (actor) => canIdentity(actor, "clients.manage"),
    order: 215,
  },
];

const ofIssuer = (entry: NavigationEntry): NavigationEntry => ({ ...entry, portals: [ISSUER_PORTAL] });

/** Entries of Administration, to which the command palettes of the other portals lead as well. */
export const consoleNavigation: Navigation = {
  pages: PAGES.map(ofIssuer),
  acts: ACTS.map(ofIssuer),
};
