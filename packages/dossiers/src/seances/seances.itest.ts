import type { UserActor } from "@mgs/core/actor";
import { createMailWorker } from "@mgs/identity/testing/account-mails";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import type { BellMessage } from "@mgs/module/worker-deps";
import { listRecordHistory } from "@mgs/records/changes/list-record-changes";
import { describe, expect, it } from "vitest";
import { dossiers } from "../module";
import { NOON, useDossierStage } from "../testing/use-dossier-stage";
import { cancelSeance, restoreSeance } from "./cancel-seance";
import { createSeance } from "./create-seance";
import { editSeance } from "./edit-seance";
import { listSeances } from "./list-seances";
import { getSeance } from "./read-seance";
import { seanceSubject } from "./seance-subject";
import { purgeSeances } from "./seances.repository";

const stage = useDossierStage();
const input = {
  ...{ title: "Commission d’urbanisme", place: "Salle 3" },
  ...{ starts_at: "2026-12-04T09:00:00+03:00", ends_at: "2026-12-04T11:00:00+03:00" },
};
const create = async (actor: UserActor, more: Readonly<Record<string, unknown>> = {}) =>
  (await createSeance(stage.deps(), actor, { ...input, ...more })).seance;
const sees = async (actor: UserActor) => (await listSeances(stage.deps(), actor, {})).items.map(({ id }) => id);
const people = async () => {
  const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
  return { hery, aina: await stage.add("Aina", "a@mgs.mg"), onja: await stage.add("Onja", "o@mgs.mg") };
};

describe("a session", () => {
  it("is seen by its participants, by who sees its dossier and by who sees all; nobody else meets it anywhere", async () => {
    const { hery, aina, onja } = await people();
    const dossier = await stage.open(onja);
    const { id } = await create(hery, { participants: [aina.userId], dossier_id: dossier.id });
    expect(await getSeance(stage.deps(), aina, id)).toMatchObject({
      ...{ starts_at: "2026-12-04T06:00:00.000Z", participants: [{ id: aina.userId, name: "Aina" }], version: 1 },
      ...{ dossier: null, url: `http://g.test/seances/${id}` },
    });
    expect((await getSeance(stage.deps(), onja, id)).dossier).toMatchObject({ reference: "D-2026-0001" });
    const stranger = await stage.add("Zo", "z@mgs.mg");
    for (const actor of [hery, aina, onja]) expect(await sees(actor)).toEqual([id]);
    expect(await sees(stranger)).toEqual([]);
    const ways = [
      getSeance(stage.deps(), stranger, id),
      editSeance(stage.deps(), stranger, id, { title: "x", version: 1 }),
      cancelSeance(stage.deps(), stranger, id),
      restoreSeance(stage.deps(), stranger, id),
      listRecordHistory(
        { database: stage.database, namesOf: async () => new Map() },
        stranger,
        seanceSubject,
        String(id),
        {},
      ),
    ];
    expect(new Set(await Promise.all(ways.map(refusal)))).toEqual(new Set(["SESSION_NOT_FOUND"]));
    const everybody = [hery, aina, onja, stranger].map(({ userId }) => userId);
    expect((await seanceSubject.visibleTo(stage.database, String(id), everybody)).sort()).toEqual(
      [hery, aina, onja].map(({ userId }) => userId).sort(),
    );
  });

  it("is commented on by those alone who take part in it", async () => {
    const { hery, aina } = await people();
    const { id } = await create(stage.admin, { participants: [aina.userId] });
    const may = async (actor: UserActor) =>
      (await seanceSubject.find({ database: stage.database }, actor, String(id)))?.may.comment;
    expect([await may(aina), await may(stage.admin), await may(hery)]).toEqual([true, true, false]);
    expect(await seanceSubject.followers(stage.database, String(id))).toEqual([aina.userId, stage.admin.userId]);
    for (const text of ["0", "x", "99999", "2147483648", ""])
      expect(await seanceSubject.find({ database: stage.database }, stage.admin, text)).toBeNull();
  });

  it("is made and changed by who may work on dossiers alone", async () => {
    const { aina } = await people();
    expect(await refusal(createSeance(stage.deps(), aina, input))).toBe("FORBIDDEN");
    const { id } = await create(stage.admin, { participants: [aina.userId] });
    expect(await refusal(editSeance(stage.deps(), aina, id, { title: "x", version: 1 }))).toBe("FORBIDDEN");
    expect(await refusal(cancelSeance(stage.deps(), aina, id))).toBe("FORBIDDEN");
    expect(await refusal(restoreSeance(stage.deps(), aina, id))).toBe("FORBIDDEN");
  });

  it("refuses bad input, and writes nothing", async () => {
    const { hery, onja } = await people();
    const hidden = await stage.open(onja);
    await stage.database.role.create({
      data: {
        slug: "salle",
        nameFr: "Salle",
        nameEn: "Room",
        portals: ["gestion-dossier"],
        permissions: ["dossiers.work"],
      },
    });
    const clerk = { ...(await stage.add("Fara", "f@mgs.mg", "salle")), permissions: ["dossiers.work"] };
    const refused = [
      { title: " " },
      { title: "é".repeat(201) },
      { starts_at: "demain" },
      { starts_at: "2026-12-04T09:00:00" },
      { starts_at: "9999-12-04T09:00:00Z" },
      { ends_at: input.starts_at },
      { ends_at: "2027-12-04T11:00:00+03:00" },
      { participants: [99_999] },
      { participants: [0] },
      { participants: Array.from({ length: 101 }, () => 1) },
      { participants: "tous" },
      { is_public: "oui" },
      { dossier_id: 99_999 },
      { dossier_id: hidden.id },
      { owner: 1 },
    ];
    for (const more of refused)
      expect([more, await refusal(createSeance(stage.deps(), clerk, { ...input, ...more }))]).toEqual([
        more,
        "VALIDATION_ERROR",
      ]);
    expect(await stage.database.seance.count()).toBe(0);
    const { id } = await create(hery);
    for (const more of [{ ends_at: input.starts_at }, { title: "" }, { version: 9 }])
      expect(await refusal(editSeance(stage.deps(), hery, id, { version: 1, ...more }))).toBe("VALIDATION_ERROR");
    for (const query of [{ dossier: "x" }, { after: "x" }, { limit: "0" }, { from: "hier" }, { sort: "title" }])
      expect(await refusal(listSeances(stage.deps(), hery, query))).toBe("VALIDATION_ERROR");
  });

  it("merges edits of different fields and participants, and refuses two of one", async () => {
    const { hery, aina, onja } = await people();
    const { id } = await create(stage.admin);
    await editSeance(stage.deps(), stage.admin, id, { title: "Nouveau", participants: [aina.userId], version: 1 });
    const merged = await editSeance(stage.deps(), hery, id, {
      ...{ place: "Salle 4", participants: [onja.userId], version: 1 },
    });
    expect(merged).toMatchObject({ title: "Nouveau", place: "Salle 4", version: 3 });
    expect(merged.participants.map(({ name }) => name).sort()).toEqual(["Aina", "Onja"]);
    await expect(editSeance(stage.deps(), hery, id, { title: "Autre", version: 1 })).rejects.toMatchObject({
      code: "EDIT_CONFLICT",
      data: { conflicts: [{ field: "title", base: input.title, mine: "Autre", theirs: "Nouveau" }] },
    });
  });

  it("is made once for a key, also 20 times at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => createSeance(stage.deps(), stage.admin, input, { idempotencyKey: "k" })),
    );
    expect(new Set(answers.map(({ seance }) => seance.id)).size).toBe(1);
    expect(await stage.database.seance.count()).toBe(1);
  });

  it("is restored within 30 days after it was cancelled, and purged after that", async () => {
    const { aina } = await people();
    const { id } = await create(stage.admin, { participants: [aina.userId] });
    expect(await cancelSeance(stage.deps(), stage.admin, id)).toMatchObject({ deleted_at: NOON.toISOString() });
    expect(await sees(aina)).toEqual([]);
    expect((await listSeances(stage.deps(), aina, { deleted: "true" })).items).toHaveLength(1);
    expect(await seanceSubject.find({ database: stage.database }, aina, String(id))).toBeNull();
    expect(await seanceSubject.visibleTo(stage.database, String(id), [aina.userId])).toEqual([]);
    expect(await refusal(cancelSeance(stage.deps(), stage.admin, id))).toBe("SESSION_NOT_FOUND");
    expect(await refusal(editSeance(stage.deps(), stage.admin, id, { title: "x", version: 2 }))).toBe(
      "SESSION_NOT_FOUND",
    );
    expect(await restoreSeance(stage.deps(), stage.admin, id)).toMatchObject({ deleted_at: null, version: 3 });
    await cancelSeance(stage.deps(), stage.admin, id);
    stage.setNow(new Date(NOON.getTime() + 31 * 24 * 60 * 60 * 1_000));
    expect(await refusal(restoreSeance(stage.deps(), stage.admin, id))).toBe("SESSION_NOT_FOUND");
    await stage.database.seance.update({ where: { id }, data: { deletedAt: new Date(Date.now() - 60_000) } });
    expect(await purgeSeances(stage.database, 3_600, 10)).toBe(0);
    expect(await purgeSeances(stage.database, 30, 10)).toBe(1);
  });

  it("tells its participants once, in their language, and nobody who has left it", async () => {
    const { aina, onja } = await people();
    await stage.database.user.update({ where: { id: onja.userId }, data: { locale: "en" } });
    const bells: BellMessage[] = [];
    const ringBell = async (message: BellMessage) => void bells.push(message);
    const worker = createMailWorker(stage.database, dossiers.outbox ?? [], { ringBell });
    const { id } = await create(stage.admin, { participants: [aina.userId, onja.userId, stage.admin.userId] });
    await worker.deliver();
    bells.sort((a, b) => a.userId - b.userId);
    expect(bells.map(({ userId, titre, url }) => [userId, titre, url])).toEqual([
      [aina.userId, "Vous êtes invité à une séance", `/seances/${id}`],
      [onja.userId, "You are invited to a session", `/seances/${id}`],
    ]);
    expect(bells[0]?.message).toMatch(/Voahangy vous invite.*4 décembre 2026.*09:00.*\nLieu.*Salle 3/s);
    await editSeance(stage.deps(), stage.admin, id, { starts_at: "2026-12-04T10:00:00+03:00", version: 1 });
    await editSeance(stage.deps(), stage.admin, id, { participants: [aina.userId], version: 2 });
    await worker.deliver();
    expect(bells.slice(2).map(({ userId, type }) => [userId, type])).toEqual([[aina.userId, "seance.moved"]]);
    await cancelSeance(stage.deps(), stage.admin, id);
    await worker.deliver();
    expect(bells.slice(3).map(({ userId, type }) => [userId, type])).toEqual([[aina.userId, "seance.cancelled"]]);
  });

  it("is given to somebody by an event of the audit trail", async () => {
    const { aina } = await people();
    const { id } = await create(stage.admin, { is_public: true });
    const { database } = stage;
    expect(await seanceSubject.isPublic?.(database, String(id))).toBe(true);
    await database.$transaction(
      (tx) =>
        seanceSubject.grantAccess?.(tx, stage.admin, String(id), { userId: aina.userId, at: NOON }) ??
        Promise.reject(new Error()),
    );
    expect(await sees(aina)).toEqual([id]);
    expect(await database.auditEvent.count({ where: { action: "seance.access-granted", userId: aina.userId } })).toBe(
      1,
    );
  });
});
