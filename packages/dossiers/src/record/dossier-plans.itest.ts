import type { UserActor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { readPlans } from "@mgs/db/testing/read-plans";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { writeCursor } from "@mgs/records/lists/cursor";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readBoard } from "../board/read-board";
import type { DossierDeps } from "../deps";
import { fillDossiers } from "../testing/fill-dossiers";
import { NOON } from "../testing/use-dossier-stage";
import { countDossiers } from "./count-dossiers";
import { listAssignees } from "./list-assignees";
import { type DossierPage, listDossiers } from "./list-dossiers";

const DOSSIERS = 20_000;
/** A page of 26 with its count reads some 200 blocks; all dossiers would be 900. */
const MAX_BLOCKS = 500;
/** Six columns, each with its count. */
const MAX_BOARD_BLOCKS = 3_000;

const DIRECTOR: UserActor = {
  ...{ kind: "user", userId: 3, role: "direction", locale: "fr", scopes: ["dossiers:read"] },
  ...{ userSessionId: "019ac000-0000-7000-8000-000000000000", clientId: "gestion-dossier" },
  permissions: ["dossiers.read-all"],
};
const CLERK: UserActor = { ...DIRECTOR, userId: 7, role: "commercial", permissions: [] };
/** Sees one dossier in four. */
const FOLLOWER: UserActor = { ...CLERK, userId: 900 };

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  await fillDossiers(test.database, DOSSIERS);
  await test.database.$executeRaw`
    INSERT INTO dossier_people (dossier_id, user_id, reason)
    SELECT r.id, ${FOLLOWER.userId}::int, reason FROM dossiers r, unnest(ARRAY['creator', 'follower']) reason WHERE r.id % 4 = 0`;
  await test.database.$executeRaw`VACUUM ANALYZE dossier_people`;
}, 120_000);
afterAll(() => test.drop());

const depsOf = (database: Database) =>
  ({
    ...{ database, portal: "gestion-dossier", clock: { now: () => NOON } },
    portalUrls: { administration: "http://a.test", commercial: "http://c.test", "gestion-dossier": "http://g.test" },
  }) as unknown as DossierDeps;

it.each<[string, Record<string, string>, string[]]>([
  ["as the list opens", {}, ["dossiers_pkey"]],
  ["the oldest first", { sort: "opened" }, ["dossiers_pkey"]],
  ["after a value", { after: writeCursor(["12000", "12000"]) }, ["dossiers_pkey"]],
  ["on the last page", { before: writeCursor(["0", "0"]) }, ["dossiers_pkey"]],
  ["by due date", { sort: "due" }, ["dossiers_due_idx"]],
  ["by due date, the last page", { sort: "due", before: writeCursor(["infinity", "999999"]) }, ["dossiers_due_idx"]],
  ["by change", { sort: "-updated" }, ["dossiers_updated_at_id_idx"]],
  ["by priority", { sort: "-priority" }, ["dossiers_priority_id_state_idx"]],
  ["of a state", { state: "rejete" }, ["dossiers_state_id_idx"]],
  ["of a state, by due date", { state: "en_attente", sort: "due" }, ["dossiers_state_due_idx"]],
  ["of an assignee", { assignee: "7" }, ["dossiers_assignee_id_id_state_idx"]],
  ["of an assignee, open and by due date", { assignee: "7", open: "true", sort: "due" }, ["dossiers_assignee_due_idx"]],
  // Where so many fit, an index of their own and the index of the order cost alike: PostgreSQL takes either, and the blocks say that it is cheap.
  ["of a type", { type: "112" }, []],
  ["that are urgent", { priority: "urgente" }, ["dossiers_priority_id_state_idx"]],
  [
    "that are urgent and open, by due date",
    { priority: "urgente", open: "true", sort: "due" },
    ["dossiers_open_priority_due_idx"],
  ],
  ["of a type, open and by due date", { type: "111", open: "true", sort: "due" }, ["dossiers_open_type_due_idx"]],
  ["of a priority in one state", { priority: "normale", state: "rejete" }, []],
  ["with a tag", { tag: "lot 42" }, []],
  ["of another portal's record", { origin: "http://c.test/contrats/1200" }, ["dossiers_origin_url_idx"]],
  [
    "that nobody has, open",
    { assignee: "nobody", open: "true", sort: "due", limit: "1" },
    ["dossiers_open_nobody_due_idx"],
  ],
  ["that are overdue", { overdue: "true", sort: "due" }, ["dossiers_open_by_due_idx"]],
  ["with a common word", { search: "permis" }, ["dossiers_pkey"]],
  ["with two words that few have", { search: "grac recours" }, ["dossiers_words_idx"]],
  ["by their reference", { search: "d-2026-0001234" }, ["dossiers_reference_key"]],
])("dossiers %s are read from an index, a page and no more", async (_, input, indexes) => {
  const { readFrom, blocks } = await readPlans(test.url, async (database) => {
    const deps = depsOf(database);
    expect((await listDossiers(deps, DIRECTOR, input)).items.length).toBeGreaterThan(0);
  });
  expect(readFrom).toEqual(expect.arrayContaining(indexes));
  expect(readFrom).not.toContain("all of dossiers");
  expect(blocks).toBeLessThan(MAX_BLOCKS);
});

it.each<[string, Record<string, string>]>([
  ["as the list opens", {}],
  ["by due date", { sort: "due" }],
  ["with a word", { search: "rakoto" }],
])("a person who sees some of them reads theirs alone, %s", async (_, input) => {
  const { readFrom } = await readPlans(test.url, async (database) => {
    const { items } = await listDossiers(depsOf(database), CLERK, input);
    expect(items.length).toBeGreaterThan(0);
  });
  expect(readFrom).not.toContain("all of dossiers");
  expect(readFrom).not.toContain("all of dossier_people");
});

it.each<[string, (deps: DossierDeps) => Promise<{ length: number }>]>([
  ["a list by due date", async (deps) => (await listDossiers(deps, FOLLOWER, { sort: "due" })).items],
  ["a list by change", async (deps) => (await listDossiers(deps, FOLLOWER, { sort: "-updated" })).items],
  ["a board", async (deps) => (await readBoard(deps, FOLLOWER, {})).flatMap(({ items }) => items)],
])("%s of somebody who sees thousands is found in one index, whatever it is sorted by", async (_, read) => {
  const { readFrom } = await readPlans(test.url, async (database) => {
    expect((await read(depsOf(database))).length).toBeGreaterThan(0);
  });
  expect(readFrom).toContain("dossiers_seen_idx");
  expect(readFrom).not.toContain("all of dossiers");
  expect(readFrom).not.toContain("all of dossier_people");
});

it.each<Record<string, string>>([
  {},
  { sort: "due" },
  { sort: "-updated" },
  { sort: "-priority" },
  { state: "rejete" },
  { overdue: "true", sort: "due" },
  { type: "112" },
  { priority: "urgente", open: "true", sort: "due" },
  { assignee: "nobody" },
  { tag: "urbanisme" },
  { search: "permis" },
  { search: "d-2026-0001234" },
])("somebody who sees thousands has those of everybody's list that are theirs, %o", async (input) => {
  const deps = depsOf(test.database);
  const { items } = await listDossiers(deps, FOLLOWER, { ...input, limit: "10" });
  const expected = [];
  for (let after: string | null = "", page = 0; after !== null && page < 10; page++) {
    const found: DossierPage = await listDossiers(deps, DIRECTOR, { ...input, limit: "100", ...(after && { after }) });
    expected.push(...found.items.filter(({ id }) => id % 4 === 0));
    after = found.next;
  }
  expect(items).toEqual(expected.slice(0, 10));
});

it("a count goes through no more rows than it tells", async () => {
  for (const input of [{}, { sort: "due" }, { open: "true" }, { assignee: "7" }, { search: "recours grac" }]) {
    const { blocks } = await readPlans(test.url, async (database) => {
      expect(await countDossiers(depsOf(database), DIRECTOR, input)).toBeGreaterThan(0);
    });
    expect(blocks).toBeLessThan(MAX_BLOCKS);
  }
});

it.each([{ type: "112" }, { priority: "urgente" }, { assignee: "7" }, { tag: "lot 42" }])(
  "a board of %o reads a page of each column and no more",
  async (input) => {
    const { readFrom, blocks } = await readPlans(test.url, async (database) => {
      expect(await readBoard(depsOf(database), DIRECTOR, input)).toHaveLength(6);
    });
    expect(readFrom).not.toContain("all of dossiers");
    expect(blocks).toBeLessThan(MAX_BOARD_BLOCKS);
  },
);

it("the assignees of open dossiers are found step by step", async () => {
  const { readFrom, blocks } = await readPlans(test.url, async (database) => {
    await listAssignees(depsOf(database), DIRECTOR);
  });
  expect(readFrom).toContain("dossiers_assignee_due_idx");
  expect(readFrom).not.toContain("all of dossiers");
  expect(blocks).toBeLessThan(MAX_BLOCKS);
});
