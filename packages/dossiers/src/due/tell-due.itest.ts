import { uuidv7 } from "@mgs/core/ids";
import { afterEach, describe, expect, it } from "vitest";
import { askOpinion } from "../opinions/ask-opinion";
import { editDossier } from "../record/edit-dossier";
import { dossierSubject } from "../subjects";
import { NOON, useDossierStage } from "../testing/use-dossier-stage";
import { tellDue } from "./tell-due";

const stage = useDossierStage();
const HOUR = 60 * 60 * 1_000;
const day = (days: number) => new Date(NOON.getTime() + days * 24 * HOUR);
const enqueuer = { enqueue: async () => true, close: async () => undefined };
const tell = (now = NOON) => tellDue({ database: stage.database, enqueuer }, now);
const told = async () =>
  (await stage.database.outbox.findMany({ where: { kind: "dossier.notice" }, orderBy: { id: "asc" } }))
    .map(({ payload }) => payload as { notice: string; user_ids: number[]; due_on?: string })
    .filter(({ notice }) => /due/.test(notice));
const notices = async () => (await told()).map(({ notice, due_on }) => [notice, due_on]);
afterEach(() => stage.database.$executeRaw`DELETE FROM holidays`);

describe("due dates", () => {
  it("warn the assignee two working days before, once for each date, and whoever stands in", async () => {
    const [hery, zo] = [
      await stage.add("Hery", "h@mgs.mg", "gestionnaire"),
      await stage.add("Zo", "z@mgs.mg", "gestionnaire"),
    ];
    const { id } = await stage.open(stage.admin, { assignee_id: hery.userId, due_on: "2026-12-02" });
    await stage.open(stage.admin, { assignee_id: hery.userId, due_on: "2026-12-03" });
    await stage.open(stage.admin, { assignee_id: hery.userId, due_on: null });
    await stage.database.absence.create({
      data: { id: uuidv7(), userId: hery.userId, substituteId: zo.userId, firstDay: day(-1), lastDay: day(9) },
    });
    await Promise.all([tell(), tell(), tell()]);
    await tell();
    expect(await told()).toMatchObject([
      { notice: "due-soon", user_ids: [hery.userId, zo.userId], due_on: "2026-12-02" },
    ]);
    await editDossier(stage.deps(), stage.admin, id, { due_on: "2026-12-01", version: 1 });
    await tell();
    expect((await notices()).at(-1)).toEqual(["due-soon", "2026-12-01"]);
    await tell();
    expect(await told()).toHaveLength(2);
  });

  it("count working days over weekends and holidays", async () => {
    await stage.database
      .$executeRaw`INSERT INTO holidays (day, name_fr, name_en) VALUES ('2026-12-07', 'Fête', 'Feast')`;
    const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
    await stage.open(stage.admin, { assignee_id: hery.userId, due_on: "2026-12-09" });
    // Thursday and Friday, a holiday on Monday: two working days after Thursday are Friday and Tuesday.
    await tell(day(3));
    expect(await told()).toEqual([]);
    await tell(day(4));
    expect(await notices()).toEqual([["due-soon", "2026-12-09"]]);
  });

  it("that have passed are told to all who follow the dossier, once, and never of one that is decided", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
    await stage.open(stage.admin, { assignee_id: hery.userId, due_on: "2026-11-27" });
    const decided = await stage.open(stage.admin, { due_on: "2026-11-27" });
    await stage.database.dossier.update({ where: { id: decided.id }, data: { state: "valide" } });
    await tell();
    await tell(day(1));
    const [notice, ...others] = await told();
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ notice: "overdue", due_on: "2026-11-27" });
    expect(notice?.user_ids.toSorted()).toEqual([hery.userId, stage.admin.userId].toSorted());
  });

  it("tell nobody before seven in Madagascar, and of today as a due date that has not passed", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
    await stage.open(stage.admin, { assignee_id: hery.userId, due_on: "2026-11-30" });
    await tell(new Date("2026-11-30T03:59:00Z"));
    expect(await told()).toEqual([]);
    await tell(new Date("2026-11-30T04:00:00Z"));
    expect(await notices()).toEqual([["due-soon", "2026-11-30"]]);
  });

  it("of opinions remind those asked before, and tell who asked and the assignee after", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg", "gestionnaire"), await stage.add("Aina", "a@mgs.mg")];
    const { id } = await stage.open(stage.admin, { assignee_id: hery.userId, due_on: null });
    await askOpinion(stage.deps(), stage.admin, id, { user_id: aina.userId, question: "?", due_on: "2026-12-01" });
    await Promise.all([tell(), tell()]);
    await tell(day(2));
    await tell(day(3));
    expect(await told()).toMatchObject([
      { notice: "opinion-due-soon", user_ids: [aina.userId] },
      { notice: "opinion-overdue", user_ids: [stage.admin.userId, hery.userId] },
    ]);
  });

  it("reach who stands in for somebody whose absence began after the dossier had come to them", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
    const add = (name: string) => stage.add(name, `${name}@mgs.mg`, "comptable");
    const [zo, aina, solo] = [await add("zo"), await add("aina"), await add("solo")];
    const { id } = await stage.open(stage.admin, { assignee_id: hery.userId, due_on: "2026-12-02" });
    await askOpinion(stage.deps(), stage.admin, id, { user_id: aina.userId, question: "?", due_on: "2026-12-01" });
    const away = { firstDay: day(0), lastDay: day(9) };
    await stage.database.absence.createMany({
      data: [
        { id: uuidv7(), userId: hery.userId, substituteId: zo.userId, ...away },
        { id: uuidv7(), userId: aina.userId, substituteId: solo.userId, ...away },
      ],
    });
    const seenBy = async () =>
      (await dossierSubject.visibleTo(stage.database, String(id), [zo.userId, solo.userId])).toSorted();
    expect(await seenBy()).toEqual([]);
    await tell();
    expect(await told()).toMatchObject([
      { notice: "due-soon", user_ids: [hery.userId, zo.userId] },
      { notice: "opinion-due-soon", user_ids: [aina.userId, solo.userId] },
    ]);
    // Nobody is told of what they may not see: without the access the notice would have been dropped.
    expect(await seenBy()).toEqual([zo.userId, solo.userId].toSorted());
    await tell(day(3));
    const overdue = (await told()).find(({ notice }) => notice === "opinion-overdue");
    expect(overdue?.user_ids).toEqual([stage.admin.userId, hery.userId, zo.userId]);
  });

  it("leave neither mark nor notice when the transaction is broken off, and are told by the next run", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
    const { id } = await stage.open(stage.admin, { assignee_id: hery.userId, due_on: "2026-12-01" });
    await stage.database
      .$executeRaw`ALTER TABLE outbox ADD CONSTRAINT broken CHECK (kind <> 'dossier.notice') NOT VALID`;
    try {
      await expect(tell()).rejects.toThrow();
    } finally {
      await stage.database.$executeRaw`ALTER TABLE outbox DROP CONSTRAINT broken`;
    }
    expect((await stage.database.dossier.findUniqueOrThrow({ where: { id } })).warnedFor).toBeNull();
    await tell();
    expect(await notices()).toEqual([["due-soon", "2026-12-01"]]);
  });

  it("are found by index beside 100,000 others that were told", async () => {
    await stage.database.$executeRaw`
      INSERT INTO dossiers (reference, title, type_id, state, concerned_kind, concerned_name, due_on, warned_for, escalated_for)
      SELECT 'D-2020-' || g, 't', ${stage.typeId}::int, 'en_cours', 'personne', 'n', d.day, d.day, d.day
      FROM generate_series(10000, 109999) g, LATERAL (SELECT '2026-11-01'::date + g % 40 AS day) d`;
    await stage.database.$executeRaw`ANALYZE dossiers`;
    const plans: string[] = [];
    const { database } = stage;
    const explaining = database.$extends({
      query: {
        async $queryRaw({ args, query }) {
          if (/UPDATE/.test(args.text))
            plans.push(
              JSON.stringify(await database.$queryRawUnsafe(`EXPLAIN (FORMAT JSON) ${args.text}`, ...args.values)),
            );
          return query(args);
        },
      },
    }) as unknown as typeof database;
    const started = performance.now();
    await tellDue({ database: explaining, enqueuer }, NOON);
    const ms = performance.now() - started;
    expect(plans).toHaveLength(4);
    expect(plans.join()).toContain("dossiers_to_warn_idx");
    expect(plans.join()).toContain("dossiers_to_escalate_idx");
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan","[^}]*"Relation Name":"dossiers"/);
    expect(await told()).toEqual([]);
    expect(ms).toBeLessThan(2_000);
  });
});
