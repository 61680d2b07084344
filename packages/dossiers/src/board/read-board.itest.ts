import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { expect, it } from "vitest";
import { listDossiers } from "../record/list-dossiers";
import { takeStep } from "../record/take-step";
import { useDossierStage } from "../testing/use-dossier-stage";
import { columnQuery } from "./board-query";
import { COLUMN_CARDS, readBoard } from "./read-board";

const stage = useDossierStage();
const board = (actor = stage.admin, input: object = {}) => readBoard(stage.deps(), actor, input);

it("has a column for each state, with its count, by pages that the list goes on with", async () => {
  for (let day = 1; day <= COLUMN_CARDS + 3; day += 1)
    await stage.open(stage.admin, { title: `Lot ${day}`, due_on: `2027-01-${String(31 - day).padStart(2, "0")}` });
  const moved = await stage.open(stage.admin, { title: "Repris", due_on: null });
  await takeStep(stage.deps(), stage.admin, moved.id, { from: "nouveau", to: "en_cours" });
  const columns = await board();
  expect(columns.map(({ state, count, items }) => [state, count, items.length])).toEqual([
    ["nouveau", COLUMN_CARDS + 3, COLUMN_CARDS],
    ["en_cours", 1, 1],
    ["en_attente", 0, 0],
    ["valide", 0, 0],
    ["rejete", 0, 0],
    ["cloture", 0, 0],
  ]);
  const [first] = columns;
  // What is due first stands first.
  expect(first?.items[0]?.title).toBe(`Lot ${COLUMN_CARDS + 3}`);
  const rest = await listDossiers(stage.deps(), stage.admin, {
    ...columnQuery({}, "nouveau"),
    after: first?.next ?? "",
  });
  expect(rest.items.map(({ title }) => title)).toEqual(["Lot 3", "Lot 2", "Lot 1"]);
  expect(columns[1]).toMatchObject({ next: null, items: [{ title: "Repris" }] });
});

it("has the filters of the list, and what its reader sees", async () => {
  const onja = await stage.add("Onja", "o@mgs.mg", "commercial");
  await stage.open(stage.admin, { title: "Secret", tags: ["lot"] });
  await stage.open(onja, { title: "Le mien", due_on: "2026-11-01" });
  const titles = async (input: object, actor = stage.admin) =>
    (await board(actor, input)).flatMap(({ items }) => items.map(({ title }) => title));
  expect(await titles({}, onja)).toEqual(["Le mien"]);
  expect((await board(onja)).map(({ count }) => count)).toEqual([1, 0, 0, 0, 0, 0]);
  expect(await titles({ tag: "lot" })).toEqual(["Secret"]);
  expect(await titles({ overdue: "true" })).toEqual(["Le mien"]);
  expect(await titles({ search: "secr" })).toEqual(["Secret"]);
  for (const input of [{ state: "nouveau" }, { sort: "due" }, { limit: "5" }, { type: "x" }])
    expect(await refusal(board(stage.admin, input))).toBe("VALIDATION_ERROR");
  expect(await refusal(board({ ...stage.admin, scopes: [] }))).toBe("INSUFFICIENT_SCOPE");
});

it("is for who sees some dossiers what it is for who sees all", async () => {
  const onja = await stage.add("Onja", "o@mgs.mg", "commercial");
  for (let day = 1; day <= COLUMN_CARDS + 3; day += 1)
    await stage.open(onja, {
      title: `Lot ${day}`,
      due_on: day % 3 === 0 ? null : `2027-01-${String(31 - day).padStart(2, "0")}`,
    });
  await stage.database.dossier.updateMany({
    where: { title: { in: ["Lot 2", "Lot 4", "Lot 6"] } },
    data: { state: "cloture" },
  });
  const [theirs, all] = [await board(onja), await board(stage.admin)];
  expect(theirs).toEqual(all);
  expect(theirs.at(-1)?.items.map(({ title }) => title)).toEqual(["Lot 6", "Lot 4", "Lot 2"]);
  await stage.database.dossier.updateMany({ data: { state: "cloture" } });
  const last = (await board(onja)).at(-1);
  expect(last).toEqual((await board(stage.admin)).at(-1));
  const rest = await listDossiers(stage.deps(), onja, { ...columnQuery({}, "cloture"), after: last?.next ?? "" });
  expect(rest.items.map(({ title }) => title)).toEqual(["Lot 3", "Lot 2", "Lot 1"]);
});
