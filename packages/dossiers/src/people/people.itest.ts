import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import { askOpinion } from "../opinions/ask-opinion";
import { getDossier } from "../record/read-dossier";
import { useDossierStage } from "../testing/use-dossier-stage";
import { giveAccess, takeAccess } from "./change-access";
import { followDossier, unfollowDossier } from "./follow-dossier";
import { listDossierPeople } from "./list-dossier-people";

const stage = useDossierStage();
const audited = (action: string) => stage.database.auditEvent.count({ where: { action } });

describe("who sees a dossier", () => {
  it("is listed with every reason: people by name, roles that were asked or see all", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
    const { id } = await stage.open(stage.admin, { assignee_id: hery.userId });
    await askOpinion(stage.deps(), stage.admin, id, { role: "comptable", question: "Payé ?" });
    const { people, roles, following, may } = await listDossierPeople(stage.deps(), stage.admin, id);
    expect(people.map(({ name, reasons }) => [name, [...reasons].sort()])).toEqual([
      ["Hery", ["assignee"]],
      ["Voahangy", ["creator", "follower"]],
    ]);
    expect(roles.map(({ slug, reason }) => [slug, reason])).toEqual(
      expect.arrayContaining([
        ["administrateur", "read-all"],
        ["direction", "read-all"],
        ["comptable", "asked"],
      ]),
    );
    expect(roles.some(({ slug }) => slug === "commercial")).toBe(false);
    expect([following, may.grant]).toEqual([true, true]);
  });

  it("follows it or not by their own choice, and never loses sight of it by that", async () => {
    const aina = await stage.add("Aina", "a@mgs.mg");
    const { id } = await stage.open(stage.admin);
    expect(await refusal(followDossier(stage.deps(), aina, id))).toBe("DOSSIER_NOT_FOUND");
    expect(await refusal(unfollowDossier(stage.deps(), aina, id))).toBe("DOSSIER_NOT_FOUND");
    await stage.database.dossierPerson.create({ data: { dossierId: id, userId: aina.userId, reason: "follower" } });
    expect(await unfollowDossier(stage.deps(), aina, id)).toMatchObject({ following: false });
    expect(await getDossier(stage.deps(), aina, id)).toMatchObject({ id });
    expect(await followDossier(stage.deps(), aina, id)).toMatchObject({ following: true });
    await Promise.all(Array.from({ length: 5 }, () => followDossier(stage.deps(), aina, id)));
    const readOnly = { ...aina, scopes: ["dossiers:read"] };
    expect(await refusal(followDossier(stage.deps(), readOnly, id))).toBe("INSUFFICIENT_SCOPE");
  });

  it("is given access and loses it, by who may grant it, in the audit trail and the history", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg", "gestionnaire"), await stage.add("Aina", "a@mgs.mg")];
    const { id } = await stage.open(stage.admin);
    await giveAccess(stage.deps(), hery, id, { user_id: aina.userId });
    await giveAccess(stage.deps(), hery, id, { user_id: aina.userId });
    expect(await getDossier(stage.deps(), aina, id)).toMatchObject({ id, version: 2 });
    expect(await refusal(giveAccess(stage.deps(), aina, id, { user_id: aina.userId }))).toBe("FORBIDDEN");
    expect(await refusal(takeAccess(stage.deps(), aina, id, aina.userId))).toBe("FORBIDDEN");
    await followDossier(stage.deps(), aina, id);
    const { people } = await takeAccess(stage.deps(), hery, id, aina.userId);
    expect(people.map(({ name }) => name)).toEqual(["Voahangy"]);
    expect(await refusal(getDossier(stage.deps(), aina, id))).toBe("DOSSIER_NOT_FOUND");
    // Their open sockets ask for the dossier's channel again, and are refused.
    const reduced = await stage.database.outbox.findMany({ where: { kind: "sockets.rights-reduced" } });
    expect(reduced.map(({ payload }) => payload)).toEqual([{ user_ids: [aina.userId] }]);
    // A repetition has nothing to take; nobody is nobody.
    expect((await takeAccess(stage.deps(), hery, id, aina.userId)).people).toEqual(people);
    for (const nobody of [0, 99_999, 2 ** 31, Number.NaN])
      expect(await refusal(takeAccess(stage.deps(), hery, id, nobody))).toBe("USER_NOT_FOUND");
    const ops = (await stage.database.recordChange.findMany({ orderBy: { seq: "asc" } })).map(({ op }) => op);
    expect(ops).toEqual(["opened", "access-granted", "access-removed"]);
    expect([await audited("dossier.access-granted"), await audited("dossier.access-removed")]).toEqual([1, 1]);
  });

  it("keeps what they have by what they do: opening it, having it in hand", async () => {
    const onja = await stage.add("Onja", "o@mgs.mg");
    const { id } = await stage.open(onja);
    await takeAccess(stage.deps(), stage.admin, id, onja.userId);
    expect(await getDossier(stage.deps(), onja, id)).toMatchObject({ id });
  });

  it("is nobody without an open account, and none of a stranger's business", async () => {
    const [aina, gone] = [await stage.add("Aina", "a@mgs.mg"), await stage.add("Rado", "r@mgs.mg")];
    await stage.database.user.update({ where: { id: gone.userId }, data: { disabledAt: new Date() } });
    const { id } = await stage.open(stage.admin);
    for (const input of [
      {},
      { user_id: 0 },
      { user_id: "1" },
      { user_id: 99_999 },
      { user_id: gone.userId },
      { user_id: aina.userId, more: 1 },
    ])
      expect([input, await refusal(giveAccess(stage.deps(), stage.admin, id, input))]).toEqual([
        input,
        "VALIDATION_ERROR",
      ]);
    const ways = [
      listDossierPeople(stage.deps(), aina, id),
      giveAccess(stage.deps(), aina, id, { user_id: aina.userId }),
      takeAccess(stage.deps(), aina, id, aina.userId),
      listDossierPeople(stage.deps(), stage.admin, 99_999),
    ];
    expect(new Set(await Promise.all(ways.map(refusal)))).toEqual(new Set(["DOSSIER_NOT_FOUND"]));
  });
});
