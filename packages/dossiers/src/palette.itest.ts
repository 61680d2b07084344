import type { UserActor } from "@mgs/core/actor";
import { expect, it } from "vitest";
import { dossierPalette } from "./palette";
import { useDossierStage } from "./testing/use-dossier-stage";

const stage = useDossierStage();
const find = async (actor: UserActor, words: string) =>
  (await Promise.all(dossierPalette.map(({ search }) => search(stage.deps() as never, actor, words))))
    .flat()
    .map(({ title }) => title);

it("the palette finds the dossiers that a person sees, by reference, title and who is concerned", async () => {
  const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
  await stage.open(stage.admin, {
    title: "Élargissement du port",
    concerned: { kind: "personne", name: "Lala Rasoa" },
  });
  for (const words of ["elarg", "D-2026-0001", "rasoa port"])
    expect(await find(hery, words)).toEqual(["D-2026-0001 Élargissement du port"]);
  expect(await find(hery, "")).toEqual([]);
  expect(await find(hery, "autre")).toEqual([]);
});

it("and nothing for a stranger, a role without the portal, or a token without the scope", async () => {
  const [aina, tojo] = [await stage.add("Aina", "a@mgs.mg", "comptable"), await stage.add("Tojo", "t@mgs.mg")];
  await stage.open(stage.admin, { title: "Secret" });
  await stage.open(tojo, { title: "Secret aussi" });
  expect(await find(aina, "secret")).toEqual([]);
  // He sees his own, but has no page of it: his role does not open Gestion-Dossier.
  expect(await find(tojo, "secret")).toEqual([]);
  expect(await find({ ...stage.admin, scopes: ["profile"] }, "secret")).toEqual([]);
});
