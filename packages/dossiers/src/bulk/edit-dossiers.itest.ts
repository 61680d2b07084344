import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { expect, it } from "vitest";
import { countDossiers } from "../record/count-dossiers";
import { listAssignees } from "../record/list-assignees";
import { listDossiers } from "../record/list-dossiers";
import { getDossier } from "../record/read-dossier";
import { useDossierStage } from "../testing/use-dossier-stage";
import { editDossiers } from "./edit-dossiers";

const stage = useDossierStage();
const edit = (actor: typeof stage.admin, ids: readonly number[], change: object) =>
  editDossiers(stage.deps(), actor, { ids, change });

it("changes each by its own edit, and tells what became of each", async () => {
  const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
  const onja = await stage.add("Onja", "o@mgs.mg", "commercial");
  const first = await stage.open(stage.admin);
  const second = await stage.open(stage.admin, { priority: "haute" });
  expect(await edit(hery, [second.id, first.id, first.id, 999_999], { priority: "haute" })).toEqual([
    { id: second.id, reference: second.reference, refusal: null },
    { id: first.id, reference: first.reference, refusal: null },
    { id: 999_999, reference: null, refusal: "DOSSIER_NOT_FOUND" },
  ]);
  expect(await getDossier(stage.deps(), hery, first.id)).toMatchObject({ priority: "haute", version: 2 });
  // It had the value before, so there is nothing in its history.
  expect(await getDossier(stage.deps(), hery, second.id)).toMatchObject({ priority: "haute", version: 1 });
  await edit(hery, [first.id, second.id], { assignee_id: hery.userId });
  expect((await listAssignees(stage.deps(), hery)).items).toEqual([{ id: hery.userId, name: "Hery" }]);
  expect((await listAssignees(stage.deps(), onja)).items).toEqual([]);
  // A stranger sees none of them, and changes none.
  expect(await edit(onja, [first.id], { priority: "basse" })).toEqual([
    { id: first.id, reference: null, refusal: "DOSSIER_NOT_FOUND" },
  ]);
  const own = await stage.open(onja);
  expect(await edit(onja, [own.id], { priority: "basse" })).toEqual([
    { id: own.id, reference: own.reference, refusal: "FORBIDDEN" },
  ]);
});

it("refuses values that no dossier can have, and changes nothing", async () => {
  const { id } = await stage.open(stage.admin);
  const { userId } = await stage.add("Onja", "o@mgs.mg", "commercial");
  const refused: [unknown, unknown][] = [
    [[id], { assignee_id: userId }],
    [[id], { priority: "grave" }],
    [[id], {}],
    [[id], { title: "x" }],
    [[id], { priority: "haute", assignee_id: null }],
    [[], { priority: "haute" }],
    [Array.from({ length: 101 }, (_, index) => index + 1), { priority: "haute" }],
    [["1"], { priority: "haute" }],
  ];
  for (const [ids, change] of refused)
    expect(await refusal(editDossiers(stage.deps(), stage.admin, { ids, change }))).toBe("VALIDATION_ERROR");
  const program = { kind: "client" as const, clientId: "erp", scopes: ["dossiers:write"] };
  expect(await refusal(editDossiers(stage.deps(), program, { ids: [id], change: { priority: "haute" } }))).toBe(
    "FORBIDDEN",
  );
  expect((await getDossier(stage.deps(), stage.admin, id)).version).toBe(1);
});

it("counts and lists what is overdue by the day in Madagascar", async () => {
  const late = await stage.open(stage.admin, { due_on: "2026-11-29" });
  await stage.open(stage.admin, { due_on: "2026-11-30" });
  const references = async (query: object) =>
    (await listDossiers(stage.deps(), stage.admin, query)).items.map(({ reference }) => reference);
  expect(await references({ overdue: "true" })).toEqual([late.reference]);
  expect(await references({ overdue: "true", due_before: "2026-11-29" })).toEqual([]);
  expect(await references({ overdue: "true", due_before: "2027-01-01" })).toEqual([late.reference]);
  expect(await countDossiers(stage.deps(), stage.admin, { overdue: "true" })).toBe(1);
  expect(await countDossiers(stage.deps(), stage.admin, { columns: "due" })).toBe(2);
  // Still the 30th in Greenwich.
  stage.setNow(new Date("2026-11-30T21:30:00Z"));
  expect(await countDossiers(stage.deps(), stage.admin, { overdue: "true" })).toBe(2);
});
