import type { UserActor } from "@mgs/core/actor";
import { defineModule } from "@mgs/module/module";
import { expect, test } from "vitest";
import { pageSources } from "./page-sources";
import { searchPalette } from "./search-palette";

const notes = defineModule({
  name: "notes",
  navigation: async () => ({
    pages: [
      { href: "/notes", label: () => "Mes notes écrites", icon: "file-text", order: 5 },
      { href: "/dossiers", label: () => "Dossiers", icon: "folder-open", home: "gestion-dossier", order: 1 },
      { href: "/secret", label: () => "Secret", icon: "bell", isOpenTo: () => false, order: 2 },
    ],
    quickActions: [{ href: "/notes/nouvelle", label: () => "Écrire une note", icon: "notebook-pen", order: 1 }],
    acts: [
      { href: "/notes?old=true", label: () => "Relire les vieilles notes", icon: "history", order: 9 },
      { href: "/notes/tri", label: () => "Trier les notes", icon: "history", isOpenTo: () => false, order: 9 },
    ],
  }),
});
const actor: UserActor = {
  ...{ kind: "user", userId: 1, role: "commercial", portals: ["commercial"], locale: "fr" },
  ...{ userSessionId: "s", clientId: "commercial", scopes: [] },
};
const deps = {
  portalUrls: { administration: "http://a.test", commercial: "http://c.test", "gestion-dossier": "http://g.test" },
  logger: { error: () => undefined },
  paletteSources: async () => pageSources("commercial", [notes]),
};
const find = async (who: UserActor, search: string) =>
  (await searchPalette(deps as never, who, { search })).groups.flatMap(({ items }) => items.map(({ href }) => href));

test("pages and acts are found by the beginnings of their words, without accents", async () => {
  expect(await find(actor, "ecr not")).toEqual(["/notes/nouvelle", "/notes"]);
  expect(await find(actor, "")).toEqual(["/notes/nouvelle", "/notes?old=true", "/dashboard", "/notes"]);
  expect(await find(actor, "vieill")).toEqual(["/notes?old=true"]);
  expect(await find(actor, "xyz")).toEqual([]);
});

test("those of another portal lead there, for who may open it; what one may not open is not found", async () => {
  const both: UserActor = { ...actor, portals: ["commercial", "gestion-dossier"] };
  expect(await find(both, "dossiers")).toEqual(["http://g.test/dossiers"]);
  expect(await find(both, "gestion")).toEqual(["http://g.test/dossiers", "http://g.test/dashboard"]);
  expect(await find(actor, "dossiers")).toEqual([]);
  expect(await find(both, "secret")).toEqual([]);
});

test("a part that fails hides nothing of the others; a text that is too long is refused", async () => {
  const failing = { group: "records" as const, search: () => Promise.reject(new Error("away")) };
  const some = { ...deps, paletteSources: async () => [failing, ...pageSources("commercial", [notes])] };
  expect((await searchPalette(some as never, actor, { search: "mes notes" })).groups.map(({ group }) => group)).toEqual(
    ["pages"],
  );
  await expect(find(actor, "x".repeat(101))).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
});
