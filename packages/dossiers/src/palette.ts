import type { UserActor } from "@mgs/core/actor";
import { messagesFor } from "@mgs/i18n/catalogue";
import { can, portalsOpenTo } from "@mgs/identity/permissions";
import { searchUsers } from "@mgs/identity/search-users";
import type { PaletteSource } from "@mgs/module/palette";
import { DOSSIER_PORTAL, DOSSIER_TIME_ZONE } from "./deps";
import { dossiersOfPath, seancePath } from "./links";
import { listDossiers } from "./record/list-dossiers";
import { listSeances } from "./seances/list-seances";

const MAX_ITEMS = 6;

const mayOpen = (actor: UserActor): boolean =>
  actor.scopes.includes("dossiers:read") && portalsOpenTo(actor).includes(DOSSIER_PORTAL);

/** The dossiers and sessions that a person sees, by their words, and colleagues by name, each with what is theirs of the dossiers. */
export const dossierPalette: readonly PaletteSource[] = [
  {
    group: "records",
    async search(deps, actor, words) {
      if (words === "" || !mayOpen(actor)) return [];
      const { items } = await listDossiers(deps, actor, { search: words, limit: String(MAX_ITEMS) });
      const { states } = messagesFor(actor.locale).dossiers;
      return items.map(({ id, reference, title, state, concerned, url }) => ({
        ...{ id: `dossier-${id}`, title: `${reference} ${title}` },
        detail: `${states[state]} · ${concerned.name}`,
        href: url,
      }));
    },
  },
  {
    group: "records",
    async search(deps, actor, words) {
      if (words === "" || !mayOpen(actor)) return [];
      const { items } = await listSeances(deps, actor, {
        ...{ search: words, sort: "-starts", limit: String(MAX_ITEMS) },
      });
      const time = new Intl.DateTimeFormat(actor.locale, {
        ...{ dateStyle: "medium", timeStyle: "short", timeZone: DOSSIER_TIME_ZONE },
      });
      const { seance } = messagesFor(actor.locale).dossierWork.palette;
      return items.map(({ id, title, starts_at, place }) => ({
        ...{ id: `seance-${id}`, title },
        detail: [seance, time.format(new Date(starts_at)), place].filter(Boolean).join(" · "),
        href: new URL(seancePath(id), deps.portalUrls[DOSSIER_PORTAL]).href,
      }));
    },
  },
  {
    group: "people",
    async search(deps, actor, words) {
      if (words === "" || !mayOpen(actor) || !can(actor, "people.search")) return [];
      const people = await searchUsers(deps, actor, words);
      const { theirs } = messagesFor(actor.locale).dossierWork.palette;
      return people.slice(0, MAX_ITEMS).map(({ id, name }) => ({
        ...{ id: `dossiers-of-${id}`, title: name, detail: theirs },
        href: new URL(dossiersOfPath(id), deps.portalUrls[DOSSIER_PORTAL]).href,
      }));
    },
  },
];
