import type { UserActor } from "@mgs/core/actor";
import { dashboardPath } from "@mgs/core/portal-links";
import type { Portal, PortalUrls } from "@mgs/core/portals";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { Module } from "@mgs/module/module";
import type { IconName, Navigation, NavigationEntry } from "@mgs/module/navigation";

/** An entry in the visitor's language: plain data that the server can send to a browser. */
export type Entry = { href: string; label: string; shortLabel?: string; icon: IconName };

/** Entries of a portal for one visitor. */
export type Entries = { pages: readonly Entry[]; quickActions: readonly Entry[]; account: readonly Entry[] };

/** Entry of every portal, besides those of its modules. */
export const BASE_NAVIGATION: Navigation = {
  pages: [
    {
      href: dashboardPath(),
      label: (locale) => messagesFor(locale).shell.nav.dashboard,
      shortLabel: (locale) => messagesFor(locale).shell.nav.dashboardShort,
      icon: "layout-dashboard",
      order: 0,
    },
  ],
};

/**
 * Collects the entries of a portal's modules that a visitor may open, by their order and in the visitor's language. Entries
 * with the same order follow the order of their modules.
 */
export async function collectEntries(
  portal: Portal,
  modules: readonly Module[],
  actor: UserActor,
  portalUrls: PortalUrls,
): Promise<Entries> {
  const own = await Promise.all(modules.flatMap(({ navigation }) => (navigation ? [navigation()] : [])));
  const navigations = [BASE_NAVIGATION, ...own];
  const select = (entries: readonly NavigationEntry[]): Entry[] =>
    entries
      .filter(({ portals, isOpenTo }) => (portals?.includes(portal) ?? true) && (isOpenTo?.(actor) ?? true))
      .sort((a, b) => a.order - b.order)
      .map((entry) => toEntry(entry, actor, entry.home && entry.home !== portal ? portalUrls[entry.home] : ""));
  return {
    pages: select(navigations.flatMap(({ pages = [] }) => pages)),
    quickActions: select(navigations.flatMap(({ quickActions = [] }) => quickActions)),
    account: select(navigations.flatMap(({ account = [] }) => account)),
  };
}

/** Writes an entry in the visitor's language. @param origin of the portal that has the page; empty for this one */
export function toEntry(
  { href, label, shortLabel, icon }: NavigationEntry,
  { locale }: UserActor,
  origin: string,
): Entry {
  return {
    href: `${origin}${href}`,
    label: label(locale),
    ...(shortLabel && { shortLabel: shortLabel(locale) }),
    icon,
  };
}
