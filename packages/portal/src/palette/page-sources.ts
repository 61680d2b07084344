import { dashboardPath } from "@mgs/core/portal-links";
import type { Portal } from "@mgs/core/portals";
import { messagesFor } from "@mgs/i18n/catalogue";
import { portalsOpenTo } from "@mgs/identity/permissions";
import type { Module } from "@mgs/module/module";
import type { NavigationEntry } from "@mgs/module/navigation";
import type { PaletteItem, PaletteSource } from "@mgs/module/palette";
import { foldWords } from "@mgs/records/lists/words";
import { BASE_NAVIGATION, toEntry } from "../navigation";

/** Pages and acts that a portal's modules offer, those of other portals included, and the other portals themselves. */
export function pageSources(portal: Portal, modules: readonly Module[]): readonly PaletteSource[] {
  const navigations = async () => [
    BASE_NAVIGATION,
    ...(await Promise.all(modules.flatMap(({ navigation }) => (navigation ? [navigation()] : [])))),
  ];
  const source = (
    group: "pages" | "acts",
    entriesOf: (navigation: Awaited<ReturnType<typeof navigations>>[number]) => readonly NavigationEntry[],
  ): PaletteSource => ({
    group,
    async search({ portalUrls }, actor, words) {
      const entries = (await navigations()).flatMap(entriesOf);
      const open = new Set(portalsOpenTo(actor));
      const items = entries
        .filter(({ home, portals, isOpenTo }) => {
          const place = home ?? (portals && !portals.includes(portal) ? portals[0] : portal);
          // It is opened there: some permissions hold in one portal alone, which asks again.
          return place !== undefined && open.has(place) && (isOpenTo?.({ ...actor, clientId: place }) ?? true);
        })
        .sort((a, b) => a.order - b.order)
        .map((entry): PaletteItem => {
          const place = entry.home ?? (entry.portals && !entry.portals.includes(portal) ? entry.portals[0] : undefined);
          const { href, label } = toEntry(entry, actor, place && place !== portal ? portalUrls[place] : "");
          const detail = place && place !== portal ? messagesFor(actor.locale).shell.portals[place] : "";
          return { id: href, title: label, detail, href };
        });
      return items.filter(({ title, detail }) => hasWords(`${title} ${detail}`, words));
    },
  });
  return [
    source("acts", ({ quickActions = [], acts = [] }) => [...quickActions, ...acts]),
    source("pages", ({ pages = [], account = [] }) => [...pages, ...account]),
    {
      group: "pages",
      async search({ portalUrls }, actor, words) {
        const { portals } = messagesFor(actor.locale).shell;
        return portalsOpenTo(actor)
          .filter((other) => other !== portal && hasWords(portals[other], words))
          .map((other) => ({
            ...{ id: `portal-${other}`, title: portals[other], detail: "" },
            href: new URL(dashboardPath(), portalUrls[other]).href,
          }));
      },
    },
  ];
}

/** Whether each typed word begins a word of a text. */
function hasWords(text: string, words: string): boolean {
  const own = foldWords(text);
  return foldWords(words).every((word) => own.some((one) => one.startsWith(word)));
}
