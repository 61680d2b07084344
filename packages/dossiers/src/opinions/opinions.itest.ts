import type { UserActor } from "@mgs/core/actor";
import { uuidv7 } from "@mgs/core/ids";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { beforeEach, describe, expect, it } from "vitest";
import type { OpinionDto } from "../contract/opinions";
import { getDossier } from "../record/read-dossier";
import { useDossierStage } from "../testing/use-dossier-stage";
import { answerOpinion, withdrawOpinion } from "./answer-opinion";
import { askOpinion } from "./ask-opinion";
import { listOpinions } from "./list-opinions";

const stage = useDossierStage();
let hery: UserActor;
let aina: UserActor;
let miora: UserActor;
let dossierId: number;
beforeEach(async () => {
  hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
  aina = await stage.add("Aina", "a@mgs.mg");
  miora = await stage.add("Miora", "m@mgs.mg", "direction");
  dossierId = (await stage.open(stage.admin, { assignee_id: hery.userId })).id;
  await stage.database.outbox.deleteMany();
});
const ask = (actor: UserActor, more: Readonly<Record<string, unknown>> = {}) =>
  askOpinion(stage.deps(), actor, dossierId, { question: "Conforme ?", user_id: aina.userId, ...more });
const answer = (actor: UserActor, id: string, input: Readonly<Record<string, unknown>> = { verdict: "favorable" }) =>
  answerOpinion(stage.deps(), actor, dossierId, id, input);
const read = async (actor: UserActor): Promise<OpinionDto | undefined> =>
  (await listOpinions(stage.deps(), actor, dossierId))[0];
const notices = async () =>
  (await stage.database.outbox.findMany({ where: { kind: "dossier.notice" }, orderBy: { id: "asc" } })).map(
    ({ payload }) => payload,
  );
const away = (userId: number, substituteId: number) =>
  stage.database.absence.create({
    data: { id: uuidv7(), userId, substituteId, firstDay: new Date("2026-11-23"), lastDay: new Date("2026-12-18") },
  });

describe("an opinion", () => {
  it("gives the asked the dossier, is answered by them, and tells who asked and the assignee", async () => {
    expect(await refusal(getDossier(stage.deps(), aina, dossierId))).toBe("DOSSIER_NOT_FOUND");
    const { id } = await ask(stage.admin, { due_on: "2026-12-04" });
    expect(await getDossier(stage.deps(), aina, dossierId)).toMatchObject({ id: dossierId });
    expect(await read(aina)).toMatchObject({
      ...{ state: "open", question: "Conforme ?", due_on: "2026-12-04", overdue: false },
      ...{ asked: { kind: "person", name: "Aina" }, may: { answer: true, withdraw: false } },
    });
    expect(await answer(aina, id, { verdict: "reserve", answer: "Sous réserve." })).toMatchObject({
      state: "answered",
    });
    expect(await read(hery)).toMatchObject({
      ...{ verdict: "reserve", answer: "Sous réserve.", answered_by: { name: "Aina" }, may: { answer: false } },
    });
    const shared = { dossier_id: dossierId };
    expect(await notices()).toMatchObject([
      { ...shared, notice: "asked", user_ids: [aina.userId], text: "Conforme ?", due_on: "2026-12-04" },
      { ...shared, notice: "answered", user_ids: [stage.admin.userId, hery.userId], verdict: "reserve" },
    ]);
    expect(await refusal(answer(aina, id))).toBe("CONFLICT");
  });

  it("is read by its circle alone; others with the dossier see that one was asked, and how far it is", async () => {
    const zo = await stage.add("Zo", "z@mgs.mg", "gestionnaire");
    const { id } = await ask(stage.admin);
    await answer(aina, id, { verdict: "defavorable", answer: "Non." });
    for (const reader of [stage.admin, hery, aina, miora]) expect(await read(reader)).toMatchObject({ answer: "Non." });
    const hidden = { question: null, verdict: null, answer: null, thread_id: null };
    expect(await read(zo)).toMatchObject({ ...hidden, state: "answered", asked: { name: "Aina" } });
    const history = JSON.stringify(await stage.database.recordChange.findMany(), (_, value) =>
      typeof value === "bigint" ? Number(value) : value,
    );
    expect(history).not.toMatch(/Conforme|Non\./);
  });

  it("of a role is for its people alone, as long as they have it and it is not withdrawn", async () => {
    const { id } = await ask(stage.admin, { user_id: undefined, role: "commercial" });
    expect((await notices())[0]).toMatchObject({ user_ids: [aina.userId] });
    expect(await getDossier(stage.deps(), aina, dossierId)).toMatchObject({ id: dossierId });
    expect(await refusal(answer(hery, id))).toBe("FORBIDDEN");
    expect(await refusal(answer(stage.admin, id))).toBe("FORBIDDEN");
    await withdrawOpinion(stage.deps(), hery, dossierId, id);
    expect(await refusal(getDossier(stage.deps(), aina, dossierId))).toBe("DOSSIER_NOT_FOUND");
    expect((await notices()).at(-1)).toMatchObject({ notice: "withdrawn", user_ids: [aina.userId], by: hery.userId });
    expect(await refusal(withdrawOpinion(stage.deps(), hery, dossierId, id))).toBe("CONFLICT");
  });

  it("also reaches who stands in for the asked, who answers in their stead and loses the access with its end", async () => {
    const zo = await stage.add("Zo", "z@mgs.mg");
    await away(aina.userId, zo.userId);
    const first = await ask(stage.admin);
    expect((await notices())[0]).toMatchObject({ user_ids: [aina.userId, zo.userId] });
    expect(await read(zo)).toMatchObject({ question: "Conforme ?", may: { answer: true } });
    expect(await answer(zo, first.id)).toMatchObject({ answered_by: { name: "Zo" } });
    const { id } = await ask(stage.admin, { question: "Encore ?" });
    await withdrawOpinion(stage.deps(), stage.admin, dossierId, id);
    // The first one, which was answered, still gives it.
    expect(await getDossier(stage.deps(), zo, dossierId)).toMatchObject({ id: dossierId });
    await stage.database.dossierOpinion.delete({ where: { id: first.id } });
    const last = await ask(stage.admin);
    await withdrawOpinion(stage.deps(), stage.admin, dossierId, last.id);
    expect(await refusal(getDossier(stage.deps(), zo, dossierId))).toBe("DOSSIER_NOT_FOUND");
    expect(await refusal(getDossier(stage.deps(), aina, dossierId))).toBe("DOSSIER_NOT_FOUND");
  });

  it("is refused with a reason, and overdue after its day in Madagascar", async () => {
    const { id } = await ask(stage.admin, { due_on: "2026-11-30" });
    expect(await read(aina)).toMatchObject({ overdue: false });
    stage.setNow(new Date("2026-11-30T21:30:00Z"));
    expect(await read(aina)).toMatchObject({ overdue: true });
    expect(await answer(aina, id, { verdict: "refused", answer: "Hors de ma compétence" })).toMatchObject({
      ...{ state: "refused", overdue: false },
    });
  });

  it("is asked, answered and withdrawn by nobody else", async () => {
    const [zo, clerk] = [await stage.add("Zo", "z@mgs.mg"), await stage.add("Fara", "f@mgs.mg", "gestionnaire")];
    expect(await refusal(ask(zo))).toBe("DOSSIER_NOT_FOUND");
    expect(await refusal(listOpinions(stage.deps(), zo, dossierId))).toBe("DOSSIER_NOT_FOUND");
    const { id } = await ask(stage.admin);
    expect(await refusal(ask(aina, { user_id: zo.userId }))).toBe("FORBIDDEN");
    expect(await refusal(answer(zo, id))).toBe("DOSSIER_NOT_FOUND");
    expect(await refusal(answer(clerk, id))).toBe("FORBIDDEN");
    expect(await refusal(withdrawOpinion(stage.deps(), clerk, dossierId, id))).toBe("FORBIDDEN");
    expect(await refusal(withdrawOpinion(stage.deps(), aina, dossierId, id))).toBe("FORBIDDEN");
    const administrator = { id: stage.admin.userId, name: "V" };
    const impersonation = { id: "i", administrator, expiresAt: new Date() };
    expect(await refusal(answer({ ...aina, impersonation }, id))).toBe("FORBIDDEN");
  });

  it("refuses bad input, an opinion of another dossier, and an answer given twice", async () => {
    const refused = [
      { question: " " },
      { question: "é".repeat(2_001) },
      { user_id: 99_999 },
      { user_id: stage.admin.userId },
      { role: "direction" },
      { user_id: undefined },
      { user_id: undefined, role: "nobody" },
      { due_on: "2026-11-29" },
      { due_on: "2026-02-30" },
      { more: 1 },
    ];
    for (const more of refused)
      expect([more, await refusal(ask(stage.admin, more))]).toEqual([more, "VALIDATION_ERROR"]);
    const { id } = await ask(stage.admin);
    for (const input of [
      {},
      { verdict: "oui" },
      { verdict: "reserve" },
      { verdict: "refused", answer: " " },
      { verdict: "favorable", answer: "é".repeat(5_001) },
    ])
      expect([input, await refusal(answer(aina, id, input))]).toEqual([input, "VALIDATION_ERROR"]);
    const other = await stage.open(stage.admin);
    expect(await refusal(answerOpinion(stage.deps(), stage.admin, other.id, id, {}))).toBe("SUBJECT_NOT_FOUND");
    expect(await refusal(answer(aina, "1"))).toBe("SUBJECT_NOT_FOUND");
    const twice = await Promise.all(Array.from({ length: 8 }, () => refusal(answer(aina, id))));
    expect(twice.filter((one) => one === "done")).toHaveLength(1);
  });

  it("is asked once for a key, and has the thread that a port opens", async () => {
    const threads: unknown[] = [];
    const threadId = "0199a000-0000-7000-8000-000000000001";
    const openThread = async (_: unknown, thread: { userIds: readonly number[] }) => {
      threads.push(thread.userIds);
      return threadId;
    };
    const input = { question: "Une fois ?", user_id: aina.userId };
    const asked = await Promise.all(
      Array.from({ length: 10 }, () =>
        askOpinion({ ...stage.deps(), openThread }, stage.admin, dossierId, input, { idempotencyKey: "k" }),
      ),
    );
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    expect(asked[0]?.thread_id).toBe(threadId);
    expect(threads).toEqual([[aina.userId, stage.admin.userId, hery.userId]]);
  });
});
