import { personPagePath } from "@mgs/core/portal-links";
import { ISSUER_PORTAL } from "@mgs/core/portals";
import { holdsPermission } from "@mgs/core/roles";
import type { PaletteSource } from "@mgs/module/palette";
import { can, portalsOpenTo } from "./permissions";
import { searchUsers } from "./search-users";

const MAX_ITEMS = 6;

/** Colleagues by name or address, for those who may open their pages in Administration. */
export const peoplePalette: readonly PaletteSource[] = [
  {
    group: "people",
    async search({ database, portalUrls }, actor, words) {
      const mayOpen = holdsPermission(actor, "accounts.read") && portalsOpenTo(actor).includes(ISSUER_PORTAL);
      if (words === "" || !mayOpen || !can(actor, "people.search")) return [];
      const people = await searchUsers({ database }, actor, words);
      return people.slice(0, MAX_ITEMS).map(({ id, name, email, role_name }) => ({
        ...{ id: `person-${id}`, title: name, detail: `${role_name} · ${email}` },
        href: new URL(personPagePath(id), portalUrls[ISSUER_PORTAL]).href,
      }));
    },
  },
];
