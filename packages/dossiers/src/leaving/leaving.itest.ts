import { uuidv7 } from "@mgs/core/ids";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import { askOpinion } from "../opinions/ask-opinion";
import { listOpinions } from "../opinions/list-opinions";
import { getDossier } from "../record/read-dossier";
import { NOON, useDossierStage } from "../testing/use-dossier-stage";
import { askedOpinions, openDossiers } from "./holdings";
import { dossierAccess } from "./subject-access";

const stage = useDossierStage();

describe("when somebody leaves", () => {
  it("their open dossiers go to a colleague, batch by batch, each a change, and the decided ones stay theirs", async () => {
    const [hery, zo] = [
      await stage.add("Hery", "h@mgs.mg", "gestionnaire"),
      await stage.add("Zo", "z@mgs.mg", "gestionnaire"),
    ];
    const opened = [];
    for (let i = 0; i < 4; i++) opened.push(await stage.open(stage.admin, { assignee_id: hery.userId }));
    await stage.database.dossier.update({ where: { id: opened[3]?.id ?? 0 }, data: { state: "cloture" } });
    const { database } = stage;
    expect(await openDossiers.count(database, hery.userId, 2)).toBe(2);
    expect(await openDossiers.list(database, hery.userId, 1)).toMatchObject([
      { title: "D-2026-0003 Permis du lot 12" },
    ]);
    const handOver = () =>
      database.$transaction((tx) =>
        openDossiers.handOver(tx, { from: hery.userId, to: zo.userId, limit: 2, at: NOON }),
      );
    const [first, second, third] = [await handOver(), await handOver(), await handOver()];
    expect([first.moved, second.moved, third.moved]).toEqual([2, 1, 0]);
    expect(first.rows.map(({ kind }) => kind)).toEqual(["dossier.notice", "record.changed", "record.changed"]);
    expect(await openDossiers.count(database, hery.userId, 9)).toBe(0);
    expect(await openDossiers.count(database, zo.userId, 9)).toBe(3);
    expect(await getDossier(stage.deps(), zo, opened[0]?.id ?? 0)).toMatchObject({
      assignee: { name: "Zo" },
      version: 2,
    });
  });

  it("the opinions that they were asked for are asked of the colleague, who sees the dossier", async () => {
    const add = (name: string) => stage.add(name, `${name.toLowerCase()}@mgs.mg`);
    const [aina, onja, solo] = [await add("Aina"), await add("Onja"), await add("Solo")];
    const { id } = await stage.open(stage.admin);
    await askOpinion(stage.deps(), stage.admin, id, { user_id: aina.userId, question: "Conforme ?" });
    // The colleague is away: who stands in is asked as well, as of any other request.
    await stage.database.absence.create({
      data: { id: uuidv7(), userId: onja.userId, substituteId: solo.userId, firstDay: NOON, lastDay: NOON },
    });
    expect(await askedOpinions.count(stage.database, aina.userId, 9)).toBe(1);
    expect(await askedOpinions.list(stage.database, aina.userId, 9)).toMatchObject([
      { title: "D-2026-0001 Permis du lot 12" },
    ]);
    expect(await refusal(getDossier(stage.deps(), onja, id))).toBe("DOSSIER_NOT_FOUND");
    const input = { from: aina.userId, to: onja.userId, limit: 9, at: NOON };
    const { moved, rows } = await stage.database.$transaction((tx) => askedOpinions.handOver(tx, input));
    expect([moved, rows.map(({ kind }) => kind)]).toEqual([1, ["record.changed", "dossier.notice"]]);
    expect(rows[1]?.payload).toMatchObject({ user_ids: [onja.userId, solo.userId] });
    for (const one of [onja, solo])
      expect((await listOpinions(stage.deps(), one, id))[0]).toMatchObject({ may: { answer: true } });
  });

  it("who may open a dossier is told with the reason of each", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg", "gestionnaire"), await stage.add("Aina", "a@mgs.mg")];
    const { id } = await stage.open(stage.admin, { assignee_id: hery.userId });
    await askOpinion(stage.deps(), stage.admin, id, { role: "commercial", question: "?" });
    expect(await dossierAccess.find(stage.database, String(id))).toEqual(
      expect.arrayContaining([
        { kind: "person", userId: stage.admin.userId, reason: "creator" },
        { kind: "person", userId: hery.userId, reason: "assignee" },
        { kind: "person", userId: aina.userId, reason: "asked" },
        { kind: "permission", permission: "dossiers.read-all" },
      ]),
    );
    for (const missing of ["0", "x", "99999"]) expect(await dossierAccess.find(stage.database, missing)).toBeNull();
  });
});
