import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { namesOf } from "@mgs/identity/users/name-of";
import { listRecordChanges, listRecordHistory } from "@mgs/records/changes/list-record-changes";
import { describe, expect, it } from "vitest";
import { dossierSubject } from "../subjects";
import { useDossierStage } from "../testing/use-dossier-stage";
import { editDossier } from "./edit-dossier";
import { listDossiers } from "./list-dossiers";
import { openDossier } from "./open-dossier";
import { getDossier } from "./read-dossier";
import { takeStep } from "./take-step";

const stage = useDossierStage();
const gestionnaire = () => stage.add("Hery", "h@mgs.mg", "gestionnaire");
const notices = async () =>
  (await stage.database.outbox.findMany({ where: { kind: "dossier.notice" }, orderBy: { createdAt: "asc" } })).map(
    ({ payload }) => payload as Record<string, unknown>,
  );

describe("opening", () => {
  it("gives the year's next number, the type's due date and its pieces, and tells the assignee", async () => {
    const hery = await gestionnaire();
    const opened = await stage.open(stage.admin, { assignee_id: hery.userId });
    expect(opened).toMatchObject({ reference: "D-2026-0001", state: "nouveau", due_on: "2026-12-14", version: 1 });
    expect(opened.url).toBe(`http://g.test/dossiers/${opened.id}`);
    expect(await stage.database.dossierPiece.count({ where: { dossierId: opened.id, state: "asked" } })).toBe(1);
    expect(await notices()).toEqual([
      { dossier_id: opened.id, notice: "assigned", user_ids: [hery.userId], by: stage.admin.userId },
    ]);
  });

  it("gives 200 consecutive numbers to 200 at once", async () => {
    const opened = await Promise.all(Array.from({ length: 200 }, () => stage.open(stage.admin)));
    const numbers = opened.map(({ reference }) => reference).sort();
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, i) => `D-2026-${String(i + 1).padStart(4, "0")}`));
  });

  it("leaves no gap where one fails, and begins anew with the year in Madagascar", async () => {
    await stage.open(stage.admin);
    expect(await refusal(stage.open(stage.admin, { type_id: stage.typeId + 1 }))).toBe("VALIDATION_ERROR");
    expect((await stage.open(stage.admin)).reference).toBe("D-2026-0002");
    // Still the 31st in Greenwich.
    stage.setNow(new Date("2026-12-31T21:30:00Z"));
    expect((await stage.open(stage.admin)).reference).toBe("D-2027-0001");
  });

  it("answers a repetition with the first dossier, also 20 at once, and refuses the key for other values", async () => {
    const input = { title: "Une fois", type_id: stage.typeId, concerned: { kind: "entreprise", name: "Rova SARL" } };
    const open = (title = "Une fois") =>
      openDossier(stage.deps(), stage.admin, { ...input, title }, { idempotencyKey: "k-1" });
    const answers = await Promise.all(Array.from({ length: 20 }, () => open()));
    expect(new Set(answers.map(({ dossier }) => dossier.id)).size).toBe(1);
    expect(answers.filter(({ repeated }) => !repeated).length).toBe(1);
    expect(await refusal(open("Deux fois"))).toBe("IDEMPOTENCY_CONFLICT");
    expect(await stage.database.dossier.count()).toBe(1);
  });

  it("refuses an assignee who may not work on dossiers, and values that the type has not", async () => {
    const { userId } = await stage.add("Onja", "o@mgs.mg", "commercial");
    const refused = [
      { assignee_id: userId },
      { assignee_id: 99_999 },
      { custom: { surface: "grande" } },
      { custom: { couleur: "rouge" } },
      { due_on: "2026-02-30" },
      { title: "" },
      { title: "é".repeat(201) },
      { priority: "maximale" },
      { tags: Array.from({ length: 21 }, (_, i) => `t${i}`) },
      { origin: { portal: "commercial", url: "javascript:alert(1)" } },
    ];
    for (const input of refused)
      expect([input, await refusal(stage.open(stage.admin, input))]).toEqual([input, "VALIDATION_ERROR"]);
    expect(await stage.database.dossier.count()).toBe(0);
  });
});

it("is found with and without accents, and by the letters that a ligature stands for", async () => {
  const { id } = await stage.open(stage.admin, { title: "Cœur de ville, accès ex æquo" });
  for (const search of ["coeur", "CŒUR", "acces", "aequo ville"])
    expect([search, (await listDossiers(stage.deps(), stage.admin, { search })).items.map((one) => one.id)]).toEqual([
      search,
      [id],
    ]);
});

describe("access", () => {
  it("is one rule for page, list, history and steps: a stranger meets nothing anywhere", async () => {
    const [onja, aina] = [await stage.add("Onja", "o@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
    const { id } = await stage.open(onja, { title: "Secret du port" });
    const subject = { database: stage.database, namesOf };
    const ways = (actor: typeof onja) => [
      getDossier(stage.deps(), actor, id),
      editDossier(stage.deps(), actor, id, { title: "x", version: 1 }),
      takeStep(stage.deps(), actor, id, { from: "nouveau", to: "en_cours" }),
      listRecordChanges(subject, actor, dossierSubject, String(id), { after: 0 }),
      listRecordHistory(subject, actor, dossierSubject, String(id), {}),
    ];
    const refusals = await Promise.all(ways(aina).map((way) => refusal(way)));
    // What every kind of record has answers with the word that all of them share.
    const [own, shared] = ["DOSSIER_NOT_FOUND", "SUBJECT_NOT_FOUND"];
    expect(refusals).toEqual([own, own, own, shared, shared]);
    for (const query of [{}, { search: "secret" }, { search: "D-2026-0001" }])
      expect((await listDossiers(stage.deps(), aina, query)).items).toEqual([]);
    expect((await listDossiers(stage.deps(), onja, { search: "port" })).items.map((one) => one.id)).toEqual([id]);
    expect(await dossierSubject.visibleTo(stage.database, String(id), [onja.userId, aina.userId])).toEqual([
      onja.userId,
    ]);
  });

  it("of who only sees it does not change it", async () => {
    const onja = await stage.add("Onja", "o@mgs.mg");
    const { id } = await stage.open(onja);
    expect(await refusal(editDossier(stage.deps(), onja, id, { title: "x", version: 1 }))).toBe("FORBIDDEN");
    expect(await refusal(takeStep(stage.deps(), onja, id, { from: "nouveau", to: "en_cours" }))).toBe("FORBIDDEN");
  });

  it("that is given is a change, an event of the audit trail, and news to the person", async () => {
    const aina = await stage.add("Aina", "a@mgs.mg");
    const { id } = await stage.open(stage.admin);
    await stage.database.$transaction(
      (tx) =>
        dossierSubject.grantAccess?.(tx, stage.admin, String(id), { userId: aina.userId, at: new Date() }) ??
        Promise.reject(new Error()),
    );
    expect(await getDossier(stage.deps(), aina, id)).toMatchObject({ id, version: 2 });
    expect(
      await stage.database.auditEvent.count({ where: { action: "dossier.access-granted", userId: aina.userId } }),
    ).toBe(1);
  });
});

describe("an edit", () => {
  it("keeps what others changed meanwhile in other fields, and merges tags", async () => {
    const hery = await gestionnaire();
    const { id } = await stage.open(stage.admin, { tags: ["port"] });
    await editDossier(stage.deps(), stage.admin, id, { title: "Nouveau titre", tags: ["port", "urgent"], version: 1 });
    const merged = await editDossier(stage.deps(), hery, id, { priority: "haute", tags: ["port", "nord"], version: 1 });
    expect(merged).toMatchObject({ title: "Nouveau titre", priority: "haute", version: 3 });
    expect([...merged.tags].sort()).toEqual(["nord", "port", "urgent"]);
  });

  it("of what somebody else changed is refused with the three values, and changes nothing", async () => {
    const hery = await gestionnaire();
    const { id } = await stage.open(stage.admin, { title: "Avant" });
    await editDossier(stage.deps(), stage.admin, id, { title: "Le sien", version: 1 });
    const late = editDossier(stage.deps(), hery, id, { title: "Le mien", priority: "haute", version: 1 });
    await expect(late).rejects.toMatchObject({
      code: "EDIT_CONFLICT",
      data: { version: 2, conflicts: [{ field: "title", base: "Avant", mine: "Le mien", theirs: "Le sien" }] },
    });
    expect(await getDossier(stage.deps(), hery, id)).toMatchObject({
      title: "Le sien",
      priority: "normale",
      version: 2,
    });
  });

  it("of one version by 20 at once is won by one", async () => {
    const { id } = await stage.open(stage.admin);
    const edits = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        refusal(editDossier(stage.deps(), stage.admin, id, { title: `t${i}`, version: 1 })),
      ),
    );
    expect(edits.filter((one) => one === "done").length).toBe(1);
    expect(edits.filter((one) => one === "EDIT_CONFLICT").length).toBe(19);
  });

  it("writes the history of every field, and hands the dossier over with its access", async () => {
    const hery = await gestionnaire();
    const { id } = await stage.open(stage.admin);
    await editDossier(stage.deps(), stage.admin, id, {
      ...{ assignee_id: hery.userId, due_on: "2027-01-04", custom: { surface: 120.5 }, version: 1 },
    });
    const { changes } = await listRecordHistory(
      { database: stage.database, namesOf },
      hery,
      dossierSubject,
      String(id),
      {},
    );
    expect(changes[0]).toMatchObject({
      op: "edited",
      user_id: stage.admin.userId,
      fields: {
        assignee_id: [null, hery.userId],
        due_on: ["2026-12-14", "2027-01-04"],
        "custom.surface": [null, 120.5],
      },
    });
    expect((await notices()).at(-1)).toMatchObject({ notice: "assigned", user_ids: [hery.userId] });
  });
});

describe("a step", () => {
  it("that decides needs its permission and a reason; reopening keeps the decision in the history", async () => {
    const [hery, miora] = [await gestionnaire(), await stage.add("Miora", "m@mgs.mg", "direction")];
    const { id } = await stage.open(stage.admin, { assignee_id: hery.userId });
    const step = (actor: typeof hery, from: string, to: string, reason?: string) =>
      takeStep(stage.deps(), actor, id, { from, to, reason });
    expect(await refusal(step(hery, "nouveau", "valide", "oui"))).toBe("STEP_REFUSED");
    expect(await step(hery, "nouveau", "en_cours")).toMatchObject({ state: "en_cours" });
    expect(await refusal(step(hery, "en_cours", "valide", "oui"))).toBe("FORBIDDEN");
    expect(await refusal(step(miora, "en_cours", "valide"))).toBe("VALIDATION_ERROR");
    expect(await refusal(step(miora, "nouveau", "en_cours"))).toBe("CONFLICT");
    expect(await step(miora, "en_cours", "valide", "Complet")).toMatchObject({
      state: "valide",
      state_reason: "Complet",
    });
    expect((await notices()).at(-1)).toMatchObject({ notice: "moved", text: "Complet" });
    expect((await notices()).at(-1)?.user_ids).toEqual(expect.arrayContaining([hery.userId, stage.admin.userId]));
    await step(miora, "valide", "en_cours", "Une pièce manque");
    const decisions = await stage.database.dossierDecision.findMany({ where: { dossierId: id } });
    expect(decisions).toMatchObject([{ outcome: "valide", reason: "Complet", decidedBy: miora.userId }]);
    expect(decisions[0]?.reopenedAt).not.toBeNull();
  });
});
