import type { UserActor } from "@mgs/core/actor";
import { askOpinion } from "@mgs/dossiers/opinions/ask-opinion";
import { takeAccess } from "@mgs/dossiers/people/change-access";
import { changePiece } from "@mgs/dossiers/pieces/change-pieces";
import { editDossier } from "@mgs/dossiers/record/edit-dossier";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { useDossierStage } from "@mgs/dossiers/testing/use-dossier-stage";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { authorizeChannel } from "@mgs/realtime/authorize-channel";
import { EVENTS } from "@mgs/realtime/names";
import { announceRecordChange } from "@mgs/records/changes/announce-record-change";
import { findChangesBefore } from "@mgs/records/changes/changes.repository";
import { listChannelRules, liveListChannels } from "@mgs/records/lists/live-list";
import { describe, expect, it } from "vitest";

const stage = useDossierStage();

/** The channels of lists that hear of a dossier's last change, and what they hear. */
async function tellLastChange(id: number): Promise<{ channels: string[]; data: unknown; except: unknown }[]> {
  const [change] = await findChangesBefore(stage.database, { type: "dossier", id: String(id) }, undefined, 1);
  if (!change) throw new Error("the dossier has no change");
  const told: { channels: string[]; data: unknown; except: unknown }[] = [];
  const publisher = {
    async trigger(channel: string | readonly string[], event: string, data: unknown, except?: string) {
      if (event === EVENTS.listChanged) told.push({ channels: [channel].flat().sort(), data, except });
    },
  };
  const payload = {
    ...{ type: "dossier", id: String(id), seq: change.seq, op: change.op, user_id: change.userId },
    ...{ fields: Object.keys(change.fields), socket_id: "1.2" },
  };
  await announceRecordChange([dossierSubject])({ publisher, database: stage.database } as never, { payload } as never);
  return told;
}

const people = (...actors: UserActor[]) => actors.map(({ userId }) => `private-dossiers.user.${userId}`).sort();

describe("who hears that lists of dossiers have changed", () => {
  it("is who sees the dossier, and who saw it until then, with no more than that", async () => {
    const [hery, aina, lala] = [
      await stage.add("Hery", "h@mgs.mg", "gestionnaire"),
      await stage.add("Aina", "a@mgs.mg"),
      await stage.add("Lala", "l@mgs.mg", "gestionnaire"),
    ];
    const { id } = await stage.open(aina);
    expect(await tellLastChange(id)).toEqual([
      { channels: ["private-dossiers", ...people(aina)], data: { list: "dossiers" }, except: "1.2" },
    ]);
    const first = await editDossier(stage.deps(), stage.admin, id, { version: 1, assignee_id: hery.userId });
    expect((await tellLastChange(id))[0]?.channels).toEqual(["private-dossiers", ...people(aina, hery)]);
    await editDossier(stage.deps(), stage.admin, id, { version: first.version, assignee_id: lala.userId });
    expect((await tellLastChange(id))[0]?.channels).toEqual(["private-dossiers", ...people(aina, hery, lala)]);
    await askOpinion(stage.deps(), stage.admin, id, { role: "comptable", question: "Payé ?" });
    expect((await tellLastChange(id))[0]?.channels).toEqual([
      "private-dossiers",
      "private-dossiers.role.comptable",
      ...people(aina, lala),
    ]);
    await stage.database.dossierPerson.create({ data: { dossierId: id, userId: hery.userId, reason: "granted" } });
    await takeAccess(stage.deps(), stage.admin, id, hery.userId);
    expect((await tellLastChange(id))[0]?.channels).toEqual(expect.arrayContaining(people(hery)));
  });

  it("is nobody for a part of which lists show nothing", async () => {
    const { id } = await stage.open(stage.admin);
    const piece = await stage.database.dossierPiece.findFirstOrThrow({ where: { dossierId: id } });
    await changePiece(stage.deps(), stage.admin, id, piece.id, { from: "asked", state: "received" });
    expect(await tellLastChange(id)).toEqual([]);
  });

  it("is told by requests of a hundred channels, however many see it", async () => {
    const { id } = await stage.open(stage.admin);
    await stage.database.dossierPerson.createMany({
      data: Array.from({ length: 250 }, (_, at) => ({ dossierId: id, userId: 100_000 + at, reason: "granted" })),
    });
    const told = await tellLastChange(id);
    expect(told.map(({ channels }) => channels.length)).toEqual([100, 100, 52]);
  });

  it("listens to one channel for all of them, or to their own", async () => {
    const aina = await stage.add("Aina", "a@mgs.mg", "comptable");
    expect(liveListChannels(dossierSubject, stage.admin)).toEqual(["private-dossiers"]);
    const own = [`private-dossiers.user.${aina.userId}`, "private-dossiers.role.comptable"];
    expect(liveListChannels(dossierSubject, aina)).toEqual(own);
    const join = (actor: UserActor, channel: string) =>
      refusal(authorizeChannel(listChannelRules([dossierSubject]), undefined as never, actor, channel));
    for (const channel of own) expect(await join(aina, channel)).toBe("done");
    for (const channel of [
      "private-dossiers",
      `private-dossiers.user.${stage.admin.userId}`,
      `private-dossiers.user.0${aina.userId}`,
      "private-dossiers.user.{id}",
      "private-dossiers.role.direction",
      "private-dossiers.role.",
    ])
      expect([channel, await join(aina, channel)]).toEqual([channel, "FORBIDDEN"]);
    expect(await join(stage.admin, "private-dossiers")).toBe("done");
    expect(await join({ ...aina, scopes: [] }, own[0] ?? "")).toBe("INSUFFICIENT_SCOPE");
  });
});
