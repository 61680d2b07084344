import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { migrate, readMigrationStatus } from "./migrate";
import { lockMigrations, readMigrations, withClient } from "./migrations";
import { rollbackMigrations } from "./rollback-migrations";
import { describeSchema } from "./testing/describe-schema";
import { fillTables } from "./testing/fill-tables";
import { createTestDatabase, type TestDatabase } from "./testing/test-database";

const MIGRATIONS = "prisma/migrations";

let names: string[];
let folder: string;
let db: TestDatabase;
let client: Client;

beforeAll(async () => {
  names = (await readMigrations(MIGRATIONS)).map(({ name }) => name);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mgs-migrations-"));
  db = await createTestDatabase({ migrated: false });
  client = new Client({ connectionString: db.url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await db.drop();
  await rm(folder, { recursive: true });
});

const ship = (name: string) => cp(join(MIGRATIONS, name), join(folder, name), { recursive: true });
const states = async () => (await readMigrationStatus(db.url, folder)).map(({ state }) => state);

test("every migration has a down.sql", async () => {
  const without = (await readMigrations(MIGRATIONS)).filter(({ down }) => !down?.trim()).map(({ name }) => name);
  expect(without).toEqual([]);
  expect(names.length).toBeGreaterThan(0);
});

test("every migration rolls back and applies again, with rows in the tables", async () => {
  await migrate(db.url, folder);
  const levels = [await describeSchema(client)];
  for (const name of names) {
    await ship(name);
    expect(await migrate(db.url, folder)).toEqual([name]);
    levels.push(await describeSchema(client));
  }
  const top = levels.at(-1);
  expect(Object.keys(top?.columns ?? {}).length).toBeGreaterThan(80);

  for (let back = 1; back <= names.length; back++) {
    const counts = await fillTables(client);
    expect([...counts].filter(([, rows]) => rows < 1)).toEqual([]);
    expect(await rollbackMigrations(db.url, folder, back)).toEqual(names.slice(-back).reverse());
    expect(await describeSchema(client)).toEqual(levels[names.length - back]);
    // Rows that the older version writes have to survive the migration.
    await fillTables(client);
    expect(await migrate(db.url, folder)).toEqual(names.slice(-back));
    expect(await describeSchema(client)).toEqual(top);
  }
  expect((await states()).every((state) => state === "applied")).toBe(true);
  expect(await rollbackMigrations(db.url, folder, 1_000)).toEqual(names.toReversed());
  expect(await rollbackMigrations(db.url, folder, 1)).toEqual([]);
});

/** Writes two migrations, one to keep and one to roll back. */
async function writeTwoMigrations(): Promise<void> {
  for (const [name, sql] of [
    ["1_kept", 'CREATE TABLE "kept" (id int)'],
    ["2_last", 'CREATE TABLE "last" (id int)'],
  ] as const) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "migration.sql"), sql);
    await writeFile(join(folder, name, "down.sql"), sql.replace(/CREATE (.*) \(.*/, "DROP $1"));
  }
  await migrate(db.url, folder);
}

const BREAKAGES: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
  ["has no down.sql", () => rm(join(folder, "1_kept", "down.sql")), /1_kept has no down\.sql/],
  ["was changed", () => appendFile(join(folder, "1_kept", "migration.sql"), "\n-- edited"), /1_kept was changed/],
  ["is another version's", () => rm(join(folder, "2_last"), { recursive: true }), /2_last is of another version/],
  [
    "was left unfinished",
    () => client.query(`UPDATE "_prisma_migrations" SET finished_at = NULL WHERE migration_name = '2_last'`),
    /2_last was begun by another tool/,
  ],
  [
    "has a failing down.sql",
    () => writeFile(join(folder, "2_last", "down.sql"), 'DROP TABLE "last"; DROP TABLE "nothing"'),
    /rolling back 2_last failed: .*nothing/,
  ],
];

test.for(BREAKAGES)("nothing is rolled back when a migration %s", async ([, breakIt, message]) => {
  await writeTwoMigrations();
  const before = await describeSchema(client);
  await breakIt();
  await expect(rollbackMigrations(db.url, folder, 2)).rejects.toThrow(message);
  expect(await describeSchema(client)).toEqual(before);
  const { rows } = await client.query(`SELECT 1 FROM "_prisma_migrations" WHERE rolled_back_at IS NOT NULL`);
  expect(rows).toEqual([]);
});

test("concurrent migrations and rollbacks wait for each other", async () => {
  for (const name of names) await ship(name);
  const waiting = async () => {
    const { rows } = await client.query(
      `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return rows[0]?.n;
  };
  const both = await withClient(db.url, async (holder) => {
    await lockMigrations(holder);
    const both = [migrate(db.url, folder), migrate(db.url, folder)];
    await vi.waitFor(async () => expect(await waiting()).toBe(2), { timeout: 20_000 });
    expect(await states()).toEqual(names.map(() => "pending"));
    return both;
  });
  const applied = await Promise.all(both);
  expect(applied.toSorted((a, b) => a.length - b.length)).toEqual([[], names]);
  const [back, forward] = await Promise.all([rollbackMigrations(db.url, folder, 1), migrate(db.url, folder)]);
  expect(back).toEqual([names.at(-1)]);
  expect([[], [names.at(-1)]]).toContainEqual(forward);
});
