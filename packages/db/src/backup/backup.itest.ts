import { appendFile, cp, mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate, readMigrationStatus } from "../migrate";
import { readMigrations, withClient } from "../migrations";
import { describeSchema } from "../testing/describe-schema";
import { fillTables } from "../testing/fill-tables";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import type { BackupResult } from "./backup-result";
import { createBackup } from "./create-backup";
import { checkBackup, restoreBackup } from "./restore-backup";

const MIGRATIONS = "prisma/migrations";

let folder: string;
let db: TestDatabase;
let made: BackupResult;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mgs-backup-"));
  db = await createTestDatabase();
  await withClient(db.url, fillTables);
  made = await createBackup(db.url, join(folder, "good"), { format: "copy" });
});
afterAll(async () => {
  await db.drop();
  await rm(folder, { recursive: true });
});

/** Reads every row of every table as text. */
async function readContents(url: string): Promise<Record<string, string[]>> {
  return withClient(url, async (client) => {
    const all: Record<string, string[]> = {};
    for (const { name } of made.description.tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS "row" FROM "${name}" t ORDER BY 1`);
      all[name] = rows.map(({ row }) => row);
    }
    return all;
  });
}

async function restore(file: string, url: string): Promise<void> {
  await restoreBackup(url, await checkBackup(file, MIGRATIONS));
}

test("writes one file that only its owner can read, and restores rows, sequences and schema from it", async () => {
  expect((await stat(made.file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(["good"]);
  expect(made.description.migrations.map(({ name }) => name)).toEqual(
    (await readMigrations(MIGRATIONS)).map(({ name }) => name),
  );
  const [before, schema] = [await readContents(db.url), await withClient(db.url, describeSchema)];

  const empty = await createTestDatabase({ migrated: false });
  const wrecked = await createTestDatabase();
  try {
    await withClient(wrecked.url, async (client) => {
      await fillTables(client);
      await client.query('DROP TABLE "outbox"; ALTER TABLE "users" DROP COLUMN "theme"; CREATE VIEW "v" AS SELECT 1');
      await client.query(
        `CREATE TABLE "later" (id serial); CREATE TYPE "kind" AS ENUM ('a'); CREATE FUNCTION f() RETURNS int RETURN 1`,
      );
    });
    for (const { url } of [empty, wrecked]) {
      await restore(made.file, url);
      expect(await readContents(url)).toEqual(before);
      expect(await withClient(url, describeSchema)).toEqual(schema);
      expect((await readMigrationStatus(url, MIGRATIONS)).every(({ state }) => state === "applied")).toBe(true);
      const next = (client: Client) =>
        client.query(`SELECT nextval('users_id_seq')::int AS id, (SELECT max(id) FROM "users") AS max`);
      const { rows } = await withClient(url, next);
      expect(rows[0]?.id).toBeGreaterThan(rows[0]?.max);
    }
  } finally {
    await Promise.all([empty.drop(), wrecked.drop()]);
  }
});

test("a backup contains a single snapshot while other transactions write", async () => {
  const writer = new Client({ connectionString: db.url });
  await writer.connect();
  const before = await readContents(db.url);
  let written: Promise<unknown> | undefined;
  const backup = await createBackup(db.url, join(folder, "moment"), {
    format: "copy",
    progress() {
      written ??= writer.query(`UPDATE "users" SET "name" = 'changed'; DELETE FROM "outbox"`);
    },
  });
  expect(written).toBeDefined();
  await written;
  await writer.end();
  const target = await createTestDatabase({ migrated: false });
  try {
    await restore(backup.file, target.url);
    expect(await readContents(target.url)).toEqual(before);
  } finally {
    await target.drop();
    await withClient(db.url, fillTables);
  }
});

test("does not overwrite a file, and leaves no file after a failed backup", async () => {
  await expect(createBackup(db.url, made.file, { format: "copy" })).rejects.toThrow("exists already");
  const tools = { pgDump: "false", pgRestore: "false", psql: "false", version: { major: 1, minor: 0 } };
  await expect(createBackup(db.url, join(folder, "half"), { format: "dump", tools })).rejects.toThrow("false failed");
  expect((await readdir(folder)).filter((name) => name.startsWith("half"))).toEqual([]);
  const empty = await createTestDatabase({ migrated: false });
  try {
    await expect(createBackup(empty.url, join(folder, "none"), { format: "copy" })).rejects.toThrow("nothing of ours");
  } finally {
    await empty.drop();
  }
});

async function flip(file: string, offset: number): Promise<void> {
  const handle = await open(file, "r+");
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, offset);
  await handle.write(Buffer.from([(buffer[0] ?? 0) ^ 1]), 0, 1, offset);
  await handle.close();
}

const size = async (file: string) => (await stat(file)).size;
const text = async (file: string, change: (all: string) => string) =>
  writeFile(file, change(await readFile(file, "latin1")), "latin1");

const BROKEN: readonly (readonly [string, (file: string) => Promise<unknown>, RegExp])[] = [
  ["with one bit changed", async (file) => flip(file, (await size(file)) - 200), /checksum is wrong/],
  ["with a header changed", (file) => text(file, (all) => all.replace('"rows":2', '"rows":3')), /checksum is wrong/],
  ["cut off in its body", async (file) => truncate(file, (await size(file)) - 300), /cut off|checksum/],
  ["cut off in its first lines", (file) => truncate(file, 60), /cut off/],
  ["with something added", (file) => appendFile(file, "x"), /checksum is missing/],
  ["of a newer format", (file) => text(file, (all) => all.replace("MGS-BACKUP 1", "MGS-BACKUP 2")), /has format 2/],
  ["that is something else", (file) => writeFile(file, "-- PostgreSQL database dump\n"), /not a backup made by/],
  ["that is empty", (file) => truncate(file, 0), /not a backup made by/],
  ["that is missing", (file) => rm(file), /ENOENT/],
];

test.for(BROKEN)("a file %s is refused", async ([, breakIt, message]) => {
  const file = join(folder, "broken");
  await cp(made.file, file);
  await breakIt(file);
  await expect(checkBackup(file, MIGRATIONS)).rejects.toThrow(message);
  await rm(file, { force: true });
});

test("refuses a file of a newer version or of other migrations, and lists pending migrations of an older one", async () => {
  const names = (await readMigrations(MIGRATIONS)).map(({ name }) => name);
  const older = join(folder, "older");
  await cp(MIGRATIONS, older, { recursive: true });
  const last = names.at(-1) ?? "";
  await rm(join(older, last), { recursive: true });
  await expect(checkBackup(made.file, older)).rejects.toThrow(
    `another version of the product, one with migration ${last}`,
  );

  await writeFile(join(older, names[0] ?? "", "migration.sql"), "SELECT 1");
  await cp(join(MIGRATIONS, last), join(older, last), { recursive: true });
  await expect(checkBackup(made.file, older)).rejects.toThrow("is foreign");

  const newer = join(folder, "newer");
  await cp(MIGRATIONS, newer, { recursive: true });
  await cp(join(MIGRATIONS, last), join(newer, "29990101000000_next"), { recursive: true });
  expect((await checkBackup(made.file, newer)).pending).toEqual(["29990101000000_next"]);
});

test("a restore that fails leaves the database as it was", async () => {
  const target = await createTestDatabase();
  try {
    await withClient(target.url, fillTables);
    const before = await readContents(target.url);
    const backup = await checkBackup(made.file, MIGRATIONS);
    const users = backup.description.tables.find(({ name }) => name === "users");
    if (users) users.rows += 1;
    await expect(restoreBackup(target.url, backup)).rejects.toThrow(/as it was: users got \d+ rows instead of/);
    expect(await readContents(target.url)).toEqual(before);
    expect(await migrate(target.url, MIGRATIONS)).toEqual([]);
  } finally {
    await target.drop();
  }
});
