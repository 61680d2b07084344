import type { UserActor } from "@mgs/core/actor";
import type { Portal } from "@mgs/core/portals";
import { PORTAL_SCOPES } from "@mgs/core/scopes";
import { pageSources } from "@mgs/portal/palette/page-sources";
import { searchPalette } from "@mgs/portal/palette/search-palette";
import { expect, test } from "vitest";
import { consolePages } from "./module";

const deps = {
  portalUrls: { administration: "http://a.test", commercial: "http://c.test", "gestion-dossier": "http://g.test" },
  logger: { error: () => undefined },
  paletteSources: async () => pageSources("gestion-dossier", [consolePages]),
};
const actor = (role: string, portals: readonly Portal[]): UserActor => ({
  ...{ kind: "user", userId: 1, role, portals, locale: "fr", userSessionId: "s", clientId: "gestion-dossier" },
  scopes: PORTAL_SCOPES,
});
const find = async (who: UserActor, search: string) =>
  (await searchPalette(deps as never, who, { search })).groups.flatMap(({ items }) => items.map(({ href }) => href));

test("the palette of another portal leads administrators to the console's pages, and nobody else", async () => {
  const admin = actor("administrateur", ["administration", "gestion-dossier"]);
  expect(await find(admin, "personnes")).toEqual(["http://a.test/console/personnes"]);
  expect(await find(admin, "inviter")).toEqual(["http://a.test/console/personnes/inviter"]);
  expect(await find(actor("gestionnaire", ["administration"]), "inviter")).toEqual([]);
  expect(await find(admin, "roles")).toContain("http://a.test/console/roles");
  expect(await find(actor("gestionnaire", ["gestion-dossier"]), "personnes")).toEqual([]);
});
