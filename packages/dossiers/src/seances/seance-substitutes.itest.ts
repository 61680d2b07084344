import type { UserActor } from "@mgs/core/actor";
import { uuidv7 } from "@mgs/core/ids";
import { createMailWorker } from "@mgs/identity/testing/account-mails";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import type { BellMessage } from "@mgs/module/worker-deps";
import { beforeEach, describe, expect, it } from "vitest";
import { dossiers } from "../module";
import { useDossierStage } from "../testing/use-dossier-stage";
import { cancelSeance } from "./cancel-seance";
import { createSeance } from "./create-seance";
import { editSeance } from "./edit-seance";
import { listSeances } from "./list-seances";
import { getSeance } from "./read-seance";
import { seanceSubject } from "./seance-subject";

const SEANCE = { title: "Commission", starts_at: "2026-12-04T09:00:00+03:00", ends_at: "2026-12-04T11:00:00+03:00" };
const stage = useDossierStage();
let aina: UserActor;
let lala: UserActor;
let rado: UserActor;
let bells: BellMessage[];
beforeEach(async () => {
  await stage.database.absence.deleteMany();
  aina = await stage.add("Aina", "a@mgs.mg");
  lala = await stage.add("Lala", "l@mgs.mg");
  rado = await stage.add("Rado", "r@mgs.mg");
  bells = [];
});

const away = (who: UserActor, substitute: UserActor, first = "2026-11-30", last = "2026-12-18") =>
  stage.database.absence.create({
    data: {
      ...{ id: uuidv7(), userId: who.userId, substituteId: substitute.userId },
      ...{ firstDay: new Date(first), lastDay: new Date(last) },
    },
  });
const create = async (...participants: UserActor[]) =>
  (await createSeance(stage.deps(), stage.admin, { ...SEANCE, participants: participants.map(({ userId }) => userId) }))
    .seance;
const sees = async (actor: UserActor) => (await listSeances(stage.deps(), actor, {})).items.length > 0;
const mayComment = async (actor: UserActor, id: number) =>
  (await seanceSubject.find({ database: stage.database }, actor, String(id)))?.may.comment;
async function rung(): Promise<(readonly [number, string])[]> {
  bells.length = 0;
  const worker = createMailWorker(stage.database, dossiers.outbox ?? [], {
    ringBell: async (message) => void bells.push(message),
  });
  await worker.deliver();
  return bells.map(({ userId, type }) => [userId, type] as const).sort(([a], [b]) => a - b);
}

describe("who stands in for a participant of a session", () => {
  it("sees it, is told of it and comments on it as they do; both see who stands in", async () => {
    await away(aina, lala);
    const { id } = await create(aina, stage.admin);
    expect(await Promise.all([aina, lala, rado].map(sees))).toEqual([true, true, false]);
    expect(await Promise.all([aina, lala].map((one) => mayComment(one, id)))).toEqual([true, true]);
    expect(await seanceSubject.visibleTo(stage.database, String(id), [lala.userId, rado.userId])).toEqual([
      lala.userId,
    ]);
    expect((await seanceSubject.followers(stage.database, String(id))).includes(lala.userId)).toBe(true);
    for (const reader of [aina, lala])
      expect((await getSeance(stage.deps(), reader, id)).substitutes).toEqual([
        { id: lala.userId, name: "Lala", for: { id: aina.userId, name: "Aina" } },
      ]);
    expect(await rung()).toEqual([
      [aina.userId, "seance.invited"],
      [lala.userId, "seance.standing-in"],
    ]);
    expect(bells.find(({ userId }) => userId === lala.userId)?.message).toMatch(
      /^Voahangy invite Aina, que vous remplacez, à la séance/,
    );
    await editSeance(stage.deps(), stage.admin, id, { place: "Salle 4", version: 1 });
    expect(await rung()).toEqual([
      [aina.userId, "seance.moved"],
      [lala.userId, "seance.moved"],
    ]);
    await cancelSeance(stage.deps(), stage.admin, id);
    expect(await rung()).toEqual([
      [aina.userId, "seance.cancelled"],
      [lala.userId, "seance.cancelled"],
    ]);
  });

  it("is the whole chain of those who stand in, without a disabled account, and a loop ends", async () => {
    await away(aina, lala);
    await away(lala, rado);
    expect((await create(aina)).substitutes.map(({ name, for: { name: absent } }) => [name, absent])).toEqual([
      ["Lala", "Aina"],
      ["Rado", "Aina"],
    ]);
    // Absences refuse it; one that is there all the same goes round once, and nobody stands in for themselves.
    await away(rado, aina);
    expect((await create(aina)).substitutes.map(({ name }) => name)).toEqual(["Lala", "Rado"]);
    await stage.database.user.update({ where: { id: lala.userId }, data: { disabledAt: new Date() } });
    expect((await create(aina)).substitutes.map(({ name }) => name)).toEqual(["Rado"]);
  });

  it("is nobody before and after the absence, and hears once who is invited themselves", async () => {
    await away(aina, lala, "2026-12-01", "2026-12-18");
    expect((await create(aina)).substitutes).toEqual([]);
    await away(rado, lala);
    await rung();
    await create(rado, lala);
    expect(await rung()).toEqual([
      [lala.userId, "seance.invited"],
      [rado.userId, "seance.invited"],
    ]);
  });

  it("comes with somebody who is added later, and goes with them", async () => {
    await away(aina, lala);
    const { id } = await create();
    expect(await sees(lala)).toBe(false);
    const added = await editSeance(stage.deps(), stage.admin, id, { participants: [aina.userId], version: 1 });
    expect(added.substitutes).toMatchObject([{ id: lala.userId }]);
    expect(await rung()).toEqual([
      [aina.userId, "seance.invited"],
      [lala.userId, "seance.standing-in"],
    ]);
    await stage.database.outbox.deleteMany();
    await editSeance(stage.deps(), stage.admin, id, { participants: [], version: 2 });
    expect(await refusal(getSeance(stage.deps(), lala, id))).toBe("SESSION_NOT_FOUND");
    const reduced = await stage.database.outbox.findMany({ where: { kind: { contains: "rights" } } });
    expect(reduced.map(({ payload }) => payload)).toEqual([{ user_ids: [aina.userId, lala.userId] }]);
  });

  it("sees a session where somebody is named who only reads it, without taking part", async () => {
    const { id } = await create();
    await stage.database.$transaction((tx) =>
      seanceSubject.follow(
        tx,
        String(id),
        [aina.userId, lala.userId],
        [{ userId: lala.userId, forUserId: aina.userId }],
      ),
    );
    expect(await Promise.all([sees(lala), mayComment(lala, id), sees(aina)])).toEqual([true, false, false]);
  });
});
