import type { UserActor } from "@mgs/core/actor";
import { messagesFor } from "@mgs/i18n/catalogue";
import { portalsOpenTo } from "@mgs/identity/permissions";
import type { PaletteSource } from "@mgs/module/palette";
import { DOSSIER_PORTAL } from "./deps";
import { listDossiers } from "./record/list-dossiers";

const MAX_ITEMS = 6;

const mayOpen = (actor: UserActor): boolean =>
  actor.scopes.includes("dossiers:read") && portalsOpenTo(actor).includes(DOSSIER_PORTAL);

/** The dossiers that a person sees, by their words. */
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
];
