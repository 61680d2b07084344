import type { UserActor } from "@mgs/core/actor";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import type { Counted, DossierFigures } from "../contract/figures";
import { askOpinion } from "../opinions/ask-opinion";
import { listDossiers } from "../record/list-dossiers";
import { takeStep } from "../record/take-step";
import { NOON, useDossierStage } from "../testing/use-dossier-stage";
import { readFigures } from "./read-figures";

const stage = useDossierStage();
const DAY = 24 * 60 * 60 * 1_000;
const counts = ({ mine }: DossierFigures) => Object.fromEntries(mine.map(({ name, count }) => [name, count]));

/** Every figure is the length of the list that it leads to. */
async function expectLists(reader: UserActor, { mine, ages, waiting, opinions, decisions }: DossierFigures) {
  const led: Counted[] = [
    ...[...mine, ...ages],
    ...[...waiting, ...opinions].flatMap(({ open, overdue }) => [open, overdue]),
    ...decisions.flatMap(({ valide, rejete }) => [valide, rejete]),
  ];
  for (const { count, query } of led) {
    const { items } = await listDossiers(stage.deps(), reader, { ...query, limit: "100" });
    expect([query, items.length]).toEqual([query, count]);
  }
}

describe("figures of dossiers", () => {
  it("count what the reader sees, and lead to lists with as many rows", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg", "gestionnaire"), await stage.add("Aina", "a@mgs.mg")];
    for (const days of [200, 100, 40, 10, 0]) {
      stage.setNow(new Date(NOON.getTime() - days * DAY));
      await stage.open(stage.admin, { assignee_id: hery.userId, due_on: days > 30 ? "2026-11-27" : "2026-12-01" });
    }
    const own = await stage.open(aina, { due_on: null });
    const decided = await stage.open(stage.admin, { due_on: null });
    await takeStep(stage.deps(), stage.admin, decided.id, { from: "nouveau", to: "en_cours" });
    await takeStep(stage.deps(), stage.admin, decided.id, { from: "en_cours", to: "rejete", reason: "Trop tôt" });
    // Two decisions of one week on one dossier: it is one of each outcome's list.
    await takeStep(stage.deps(), stage.admin, decided.id, { from: "rejete", to: "en_cours", reason: "Recours" });
    await takeStep(stage.deps(), stage.admin, decided.id, { from: "en_cours", to: "valide", reason: "Complet" });
    const ask = (dossier: number, input: object) =>
      askOpinion(stage.deps(), stage.admin, dossier, { question: "?", ...input });
    stage.setNow(new Date(NOON.getTime() - 10 * DAY));
    await ask(own.id, { user_id: hery.userId, due_on: "2026-11-25" });
    await ask(own.id, { user_id: hery.userId });
    await ask(decided.id, { role: "direction", due_on: "2026-12-15" });
    stage.setNow(NOON);

    const figures = await readFigures(stage.deps(), hery);
    expect(counts(figures)).toEqual({ open: 5, overdue: 3, "due-soon": 2, opinions: 1 });
    expect(
      figures.waiting.map(({ assignee, open, overdue }) => [assignee?.name ?? null, open.count, overdue.count]),
    ).toEqual([
      ["Hery", 5, 3],
      [null, 1, 0],
    ]);
    expect(figures.opinions.map(({ asked, open, overdue }) => [asked.name, open.count, overdue.count])).toEqual([
      ["Hery", 1, 1],
      ["Direction", 1, 0],
    ]);
    expect(figures.ages.map(({ name, count }) => [name, count])).toEqual([
      ["week", 2],
      ["month", 1],
      ["quarter", 1],
      ["half-year", 1],
      ["older", 1],
    ]);
    expect(figures.decisions).toHaveLength(12);
    expect(figures.decisions.at(-1)).toMatchObject({
      week: "2026-11-30",
      valide: { count: 1 },
      rejete: { count: 1 },
    });
    await expectLists(hery, figures);

    const theirs = await readFigures(stage.deps(), aina);
    await expectLists(aina, theirs);
    expect(theirs.waiting).toMatchObject([{ assignee: null, open: { count: 1 } }]);
    expect(theirs.opinions).toMatchObject([{ asked: { name: "Hery" }, open: { count: 1 }, overdue: { count: 1 } }]);
    expect(theirs.ages.reduce((sum, { count }) => sum + count, 0)).toBe(1);
    expect(theirs.decisions.at(-1)).toMatchObject({ valide: { count: 0 } });
  });

  it("are no program's, and need the scope", async () => {
    const program = { kind: "client", clientId: "erp", scopes: ["dossiers:read"] } as const;
    expect(await refusal(readFigures(stage.deps(), program))).toBe("FORBIDDEN");
    expect(await refusal(readFigures(stage.deps(), { ...stage.admin, scopes: [] }))).toBe("INSUFFICIENT_SCOPE");
    for (const query of [
      { decided_from: "x" },
      { opened_before: "2026-02-30" },
      { asked: "x" },
      { asked: "role:" },
      { decision: "cloture" },
    ])
      expect(await refusal(listDossiers(stage.deps(), stage.admin, query))).toBe("VALIDATION_ERROR");
  });
});
