import { readPlans } from "@mgs/db/testing/read-plans";
import { createTestDatabase } from "@mgs/db/testing/test-database";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import { DAY_DOSSIERS, type DossierCalendar, MAX_DAY_COUNT } from "../contract/calendar";
import { listDossiers } from "../record/list-dossiers";
import { takeStep } from "../record/take-step";
import { fillDossiers } from "../testing/fill-dossiers";
import { useDossierStage } from "../testing/use-dossier-stage";
import { readCalendar } from "./read-calendar";

const stage = useDossierStage();
const read = (input: object, actor = stage.admin) => readCalendar(stage.deps(), actor, input);
const dayOf = ({ days }: DossierCalendar, day: string) => {
  const found = days.find((one) => one.day === day);
  if (!found) throw new Error(`the calendar has no ${day}`);
  return found;
};

describe("the calendar of due dates", () => {
  it("has whole weeks of a month, the present one at first, with weekends and holidays", async () => {
    await stage.database.$executeRaw`
      INSERT INTO holidays (day, name_fr, name_en) VALUES ('2026-12-25', 'Noël', 'Christmas') ON CONFLICT DO NOTHING`;
    const november = await read({});
    expect(november).toMatchObject({ month: "2026-11", previous: "2026-10", next: "2026-12", today: "2026-11-30" });
    expect([november.days.length, november.days[0]?.day, november.days.at(-1)?.day]).toEqual([
      42,
      "2026-10-26",
      "2026-12-06",
    ]);
    const december = await read({ month: "2026-12" });
    expect(december.days.length % 7).toBe(0);
    expect(dayOf(december, "2026-12-25")).toMatchObject({ holiday: "Noël", isWorkingDay: false, count: 0, items: [] });
    expect(dayOf(december, "2026-12-26")).toMatchObject({ holiday: null, isWorkingDay: false });
    expect(dayOf(december, "2026-12-28")).toMatchObject({ isWorkingDay: true });
    const english = await read({ month: "2026-12" }, { ...stage.admin, locale: "en" });
    expect(dayOf(english, "2026-12-25").holiday).toBe("Christmas");
  });

  it("counts open dossiers that its reader sees and that pass the filters, as their list does", async () => {
    const aina = await stage.add("Aina", "a@mgs.mg");
    for (const priority of ["basse", "normale", "haute", "urgente", "normale"])
      await stage.open(stage.admin, { title: priority, priority, due_on: "2026-12-10", tags: [priority] });
    await stage.open(aina, { title: "Le mien", due_on: "2026-12-10" });
    const decided = await stage.open(stage.admin, { due_on: "2026-12-10" });
    await takeStep(stage.deps(), stage.admin, decided.id, { from: "nouveau", to: "en_cours" });
    await takeStep(stage.deps(), stage.admin, decided.id, { from: "en_cours", to: "valide", reason: "Complet" });
    await stage.open(stage.admin, { due_on: null });

    const day = dayOf(await read({ month: "2026-12" }), "2026-12-10");
    expect(day.count).toBe(6);
    expect(day.items.map(({ priority }) => priority)).toEqual(["urgente", "haute", "normale"]);
    const list = await listDossiers(stage.deps(), stage.admin, { due_from: "2026-12-10", due_before: "2026-12-11" });
    expect(list.items).toHaveLength(day.count);
    const theirs = dayOf(await read({ month: "2026-12" }, aina), "2026-12-10");
    expect([theirs.count, theirs.items.map(({ title }) => title)]).toEqual([1, ["Le mien"]]);
    const counts = async (filter: object) => dayOf(await read({ month: "2026-12", ...filter }), "2026-12-10").count;
    expect(await counts({ priority: "normale" })).toBe(3);
    expect(await counts({ tag: "urgente" })).toBe(1);
    expect(await counts({ search: "mien" })).toBe(1);
    expect(await counts({ assignee: "nobody", type: String(stage.typeId) })).toBe(6);
  });

  it("tells no more than its limits, and refuses what is no month", async () => {
    await stage.database.$executeRaw`
      INSERT INTO dossiers (reference, title, type_id, concerned_kind, concerned_name, due_on)
      SELECT 'D-2026-' || n, 'Lot', ${stage.typeId}, 'personne', 'Lala', date '2026-12-10' FROM generate_series(10000, 10200) n`;
    const day = dayOf(await read({ month: "2026-12" }), "2026-12-10");
    expect([day.count, day.items.length]).toEqual([MAX_DAY_COUNT + 1, DAY_DOSSIERS]);
    for (const input of [
      { month: "2026-13" },
      { month: "2026-1" },
      { month: "x" },
      { overdue: "true" },
      { sort: "due" },
    ])
      expect(await refusal(read(input))).toBe("VALIDATION_ERROR");
    expect(await refusal(read({}, { ...stage.admin, scopes: [] }))).toBe("INSUFFICIENT_SCOPE");
  });

  it("is read from the index of due dates, however many dossiers there are", async () => {
    const test = await createTestDatabase();
    try {
      await fillDossiers(test.database, 20_000);
      const actors = [stage.admin, { ...stage.admin, userId: 7, role: "commercial", permissions: [] }];
      for (const actor of actors) {
        const { readFrom, blocks } = await readPlans(test.url, (database) =>
          readCalendar({ ...stage.deps(), database }, actor, { month: "2026-11" }),
        );
        expect(readFrom).toContain("dossiers_open_due_idx");
        expect(readFrom).not.toContain("all of dossiers");
        expect(blocks).toBeLessThan(1_000);
      }
    } finally {
      await test.drop();
    }
  });
});
