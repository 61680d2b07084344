import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import { editDossier } from "../record/edit-dossier";
import { getDossier } from "../record/read-dossier";
import { useDossierStage } from "../testing/use-dossier-stage";
import { listTypes } from "./list-types";
import { mergeType } from "./merge-type";
import { createType, editType } from "./write-type";

const stage = useDossierStage();
const surface = { key: "surface", label: { fr: "Surface", en: "Area" }, kind: "number", required: false };
const name = { fr: "Litige", en: "Dispute" };

describe("types of dossiers", () => {
  it("are listed for everybody who may open one; archived ones for who defines them", async () => {
    const onja = await stage.add("Onja", "o@mgs.mg");
    const type = await createType(stage.deps(), stage.admin, { name, due_working_days: 3 });
    expect((await listTypes(stage.deps(), onja)).map((one) => one.name.fr)).toEqual(["Litige", "Permis de construire"]);
    const archived = await editType(stage.deps(), stage.admin, type.id, { archived: true, version: 1 });
    expect(archived).toMatchObject({ archived: true, version: 2, due_working_days: 3 });
    expect(await listTypes(stage.deps(), onja)).toHaveLength(1);
    expect(await listTypes(stage.deps(), stage.admin)).toHaveLength(2);
    expect(await refusal(stage.open(onja, { type_id: type.id }))).toBe("VALIDATION_ERROR");
    await editType(stage.deps(), stage.admin, type.id, { archived: false, version: 2 });
    const events = await stage.database.auditEvent.findMany({
      where: { action: { startsWith: "dossier-type." } },
      orderBy: { id: "asc" },
    });
    expect(events.slice(-3).map(({ action, subject }) => [action, subject])).toEqual([
      ["dossier-type.created", String(type.id)],
      ["dossier-type.archived", String(type.id)],
      ["dossier-type.restored", String(type.id)],
    ]);
  });

  it("hide a field that a change leaves out, and its values stay as they are", async () => {
    const { id } = await stage.open(stage.admin, { custom: { surface: 120 } });
    const color = { ...surface, key: "couleur", kind: "text", required: true };
    const after = await editType(stage.deps(), stage.admin, stage.typeId, { fields: [color], version: 1 });
    expect(after.fields.map(({ key, hidden }) => [key, hidden ?? false])).toEqual([
      ["couleur", false],
      ["surface", true],
    ]);
    expect((await getDossier(stage.deps(), stage.admin, id)).custom).toEqual({ surface: 120 });
    const edit = (custom: object) => editDossier(stage.deps(), stage.admin, id, { custom, version: 1 });
    expect(await refusal(edit({ couleur: "bleu", surface: 9 }))).toBe("VALIDATION_ERROR");
    expect((await edit({ couleur: "bleu" })).custom).toEqual({ surface: 120, couleur: "bleu" });
    expect(await refusal(stage.open(stage.admin, { custom: { couleur: "bleu", surface: 1 } }))).toBe(
      "VALIDATION_ERROR",
    );
    const again = await editType(stage.deps(), stage.admin, stage.typeId, { fields: [surface, color], version: 2 });
    expect(again.fields.every(({ hidden }) => !hidden)).toBe(true);
  });

  it("are changed once for a version", async () => {
    const edits = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        refusal(editType(stage.deps(), stage.admin, stage.typeId, { due_working_days: i + 20, version: 1 })),
      ),
    );
    expect(edits.filter((one) => one === "done")).toHaveLength(1);
    expect(edits.filter((one) => one === "EDIT_CONFLICT")).toHaveLength(9);
  });

  it("are archived and restored whatever else a colleague has changed meanwhile, which stays", async () => {
    const edit = (input: object) => editType(stage.deps(), stage.admin, stage.typeId, input);
    await edit({ due_working_days: 33, version: 1 });
    const kept = { due_working_days: 33 };
    expect(await edit({ archived: true, version: 1 })).toMatchObject({ ...kept, archived: true, version: 3 });
    // A colleague was as quick: it is what was asked for.
    expect(await edit({ archived: true, version: 1 })).toMatchObject({ ...kept, archived: true, version: 3 });
    expect(await refusal(edit({ archived: false, due_working_days: 5, version: 1 }))).toBe("EDIT_CONFLICT");
    expect(await edit({ archived: false, version: 1 })).toMatchObject({ ...kept, archived: false, version: 4 });
    const turns = await Promise.all([true, true, true].map((archived) => edit({ archived, version: 4 })));
    expect(turns.map(({ archived, version }) => [archived, version])).toEqual([...Array(3)].map(() => [true, 5]));
  });

  it("keep what two administrators change at once, and ask where it is the same field", async () => {
    const deps = stage.deps();
    const [row] = await listTypes(deps, stage.admin);
    if (!row) throw new Error("the type is missing");
    const { id, version: _, archived: __, ...base } = row;
    const save = (typed: object, over?: number) =>
      mergeType(deps, stage.admin, id, { base, typed: { ...base, ...typed }, ...(over ? { over } : {}) });
    const read = async () => (await listTypes(deps, stage.admin))[0];
    expect(await save({})).toEqual({ conflicts: [], version: 1 });
    // A colleague translates the name and adds a piece; a late save of the other name writes neither over.
    const pieces = [...base.pieces, { name: "Acte", required: false }];
    await editType(deps, stage.admin, id, { name: { ...base.name, en: "Planning" }, pieces, version: 1 });
    expect(await save({ name: { ...base.name, fr: "Permis" }, due_working_days: 15 })).toEqual({
      ...{ conflicts: [], version: 3 },
    });
    const merged = { name: { fr: "Permis", en: "Planning" }, pieces, due_working_days: 15 };
    expect(await read()).toMatchObject(merged);
    // The same field: nothing is written until both values were seen, and those that were seen are the latest.
    const mine = [{ name: "Plan de masse", required: true }];
    const asked = await save({ pieces: mine });
    expect(asked).toMatchObject({ version: 3, conflicts: [{ field: "pieces", mine, theirs: pieces }] });
    expect(await read()).toMatchObject(merged);
    await editType(deps, stage.admin, id, { pieces: [], version: 3 });
    expect(await save({ pieces: mine }, 3)).toMatchObject({ version: 4, conflicts: [{ theirs: [] }] });
    expect(await save({ pieces: mine }, 4)).toEqual({ conflicts: [], version: 5 });
    expect(await read()).toMatchObject({ ...merged, pieces: mine });
    expect(await refusal(save({ due_working_days: -1 }))).toBe("VALIDATION_ERROR");
    const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
    expect(await refusal(mergeType(deps, hery, id, { base, typed: base }))).toBe("FORBIDDEN");
  });

  it("keep the changes of all who save at once", async () => {
    const deps = stage.deps();
    const [row] = await listTypes(deps, stage.admin);
    if (!row) throw new Error("the type is missing");
    const { id, version: _, archived: __, ...base } = row;
    const edits = [{ name: { ...base.name, fr: "A" } }, { name: { ...base.name, en: "B" } }, { due_working_days: 3 }];
    await Promise.all(edits.map((edit) => mergeType(deps, stage.admin, id, { base, typed: { ...base, ...edit } })));
    expect((await listTypes(deps, stage.admin))[0]).toMatchObject({ name: { fr: "A", en: "B" }, due_working_days: 3 });
  });

  it("refuse bad input", async () => {
    const onja = await stage.add("Onja", "o@mgs.mg");
    const refused = [
      { name: { fr: "", en: "x" } },
      { name: { fr: "x" } },
      { fields: [{ ...surface, key: "Surface" }] },
      { fields: [surface, surface] },
      { fields: [{ ...surface, kind: "choice" }] },
      { fields: [{ ...surface, kind: "image" }] },
      { fields: [{ ...surface, kind: "text" }] },
      { fields: Array.from({ length: 41 }, (_, i) => ({ ...surface, key: `k${i}` })) },
      { pieces: [{ name: " " }] },
      { pieces: Array.from({ length: 61 }, () => ({ name: "x" })) },
      { due_working_days: -1 },
      { due_working_days: 501 },
      { due_working_days: 1.5 },
      { default_assignee_id: onja.userId },
      { default_assignee_id: 99_999 },
      { more: 1 },
      { version: 0 },
    ];
    for (const more of refused)
      expect([more, await refusal(editType(stage.deps(), stage.admin, stage.typeId, { version: 1, ...more }))]).toEqual(
        [more, "VALIDATION_ERROR"],
      );
    expect(await refusal(createType(stage.deps(), stage.admin, {}))).toBe("VALIDATION_ERROR");
    expect(await refusal(editType(stage.deps(), stage.admin, 99_999, { version: 1 }))).toBe("SUBJECT_NOT_FOUND");
  });

  it("are defined by who may alone", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
    expect(await refusal(createType(stage.deps(), hery, { name }))).toBe("FORBIDDEN");
    expect(await refusal(editType(stage.deps(), hery, stage.typeId, { version: 1 }))).toBe("FORBIDDEN");
    const program = { kind: "client", clientId: "erp", scopes: ["dossiers:read"] } as const;
    expect(await refusal(listTypes(stage.deps(), program))).toBe("FORBIDDEN");
  });

  it("open dossiers without their default assignee when that person works on dossiers no more", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
    await editType(stage.deps(), stage.admin, stage.typeId, { default_assignee_id: hery.userId, version: 1 });
    expect((await stage.open(stage.admin)).assignee).toMatchObject({ id: hery.userId });
    await stage.database.user.update({ where: { id: hery.userId }, data: { disabledAt: new Date() } });
    expect((await stage.open(stage.admin)).assignee).toBeNull();
  });
});
