import type { UserActor } from "@mgs/core/actor";
import { expect, it } from "vitest";
import { dossierPalette } from "./palette";
import { cancelSeance } from "./seances/cancel-seance";
import { createSeance } from "./seances/create-seance";
import { useDossierStage } from "./testing/use-dossier-stage";

const stage = useDossierStage();
const search = async (actor: UserActor, words: string) =>
  (await Promise.all(dossierPalette.map((source) => source.search(stage.deps() as never, actor, words)))).flat();
const find = async (actor: UserActor, words: string) => (await search(actor, words)).map(({ title }) => title);

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

it("finds the sessions that a person sees, by title and place, and none that was cancelled", async () => {
  const [hery, onja] = [
    await stage.add("Hery", "h@mgs.mg", "gestionnaire"),
    await stage.add("Onja", "o@mgs.mg", "comptable"),
  ];
  const hold = (title: string, participants: number[]) =>
    createSeance(stage.deps(), hery, {
      ...{ title, place: "Salle Ravinala", participants },
      ...{ starts_at: "2026-12-01T10:00:00+03:00", ends_at: "2026-12-01T11:00:00+03:00" },
    });
  await hold("Comité d’étude", [onja.userId]);
  const { seance: cancelled } = await hold("Comité annulé", [onja.userId]);
  await cancelSeance(stage.deps(), hery, cancelled.id);
  for (const words of ["comite", "ravinala etude"]) expect(await find(onja, words)).toEqual(["Comité d’étude"]);
  const rado = await stage.add("Rado", "r@mgs.mg", "comptable");
  expect(await find(rado, "comite")).toEqual([]);
  const [found] = await search(onja, "comite");
  expect(found).toMatchObject({ href: expect.stringMatching(/^http:\/\/g\.test\/seances\/\d+$/) });
  expect(found?.detail).toContain("Séance · 1 déc. 2026");
});

it("finds colleagues, who lead to the dossiers that they have in hand", async () => {
  const hery = await stage.add("Hery Rakoto", "h@mgs.mg", "gestionnaire");
  const aina = await stage.add("Aina", "a@mgs.mg", "comptable");
  expect(await search(aina, "rakoto")).toEqual([
    {
      ...{ id: `dossiers-of-${hery.userId}`, title: "Hery Rakoto", detail: "Ses dossiers ouverts" },
      href: `http://g.test/dossiers?assignee=${hery.userId}&open=true`,
    },
  ]);
  const tojo = await stage.add("Tojo", "t@mgs.mg");
  expect(await search(tojo, "rakoto")).toEqual([]);
});
