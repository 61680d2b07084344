import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrate, readMigrationStatus } from "./migrate";
import { readMigrations, withClient } from "./migrations";
import { rollbackMigrations } from "./rollback-migrations";
import { describeSchema } from "./testing/describe-schema";
import { migrationList, openSchemaEngine } from "./testing/schema-engine";
import { createTestDatabase, type TestDatabase } from "./testing/test-database";

const MIGRATIONS = "prisma/migrations";
const SCHEMA = "prisma/schema";
const NO_FILTER = { externalTables: [], externalEnums: [] };

let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase({ migrated: false });
});
afterEach(() => db.drop());

/** Reads the schema's files, as Prisma's command line passes them to its engine. */
async function schemaFiles(): Promise<{ path: string; content: string }[]> {
  const names = (await readdir(SCHEMA)).filter((name) => name.endsWith(".prisma"));
  return Promise.all(
    names.map(async (name) => ({ path: join(SCHEMA, name), content: await readFile(join(SCHEMA, name), "utf8") })),
  );
}

/** Computes the changes that Prisma would make to fit the database to the schema; null when it fits. */
async function readDrift(): Promise<string | null> {
  const engine = await openSchemaEngine(db.url);
  const files = await schemaFiles();
  try {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: "prisma" },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: NO_FILTER,
    });
    return exitCode === 0 ? null : stdout;
  } finally {
    engine.free();
  }
}

/** Reads the state of the migrations as `prisma migrate status` does. */
async function prismaStatus() {
  const engine = await openSchemaEngine(db.url);
  try {
    return await engine.diagnoseMigrationHistory({
      migrationsList: await migrationList(MIGRATIONS),
      optInToShadowDatabase: false,
      filters: NO_FILTER,
    });
  } finally {
    engine.free();
  }
}

test("the migrations create the schema of Prisma's schema files, column by column", async () => {
  await migrate(db.url, MIGRATIONS);
  expect(await readDrift()).toBeNull();
  await withClient(db.url, (client) => client.query('ALTER TABLE "users" ALTER COLUMN "locale" DROP NOT NULL'));
  expect(await readDrift()).toContain("SET NOT NULL");
});

test("prisma migrate status agrees with ours, after migrate and after a rollback", async () => {
  const names = (await readMigrations(MIGRATIONS)).map(({ name }) => name);
  await migrate(db.url, MIGRATIONS);
  const inSync = { hasMigrationsTable: true, history: null, editedMigrationNames: [], failedMigrationNames: [] };
  expect(await prismaStatus()).toMatchObject(inSync);

  await rollbackMigrations(db.url, MIGRATIONS, 1);
  expect(await prismaStatus()).toMatchObject({
    history: { diagnostic: "databaseIsBehind", unappliedMigrationNames: names.slice(-1) },
    editedMigrationNames: [],
    failedMigrationNames: [],
  });
  await migrate(db.url, MIGRATIONS);
  expect(await prismaStatus()).toMatchObject(inSync);
});

test("migrate recognizes migrations that prisma migrate deploy has applied, and both create the same schema", async () => {
  const engine = await openSchemaEngine(db.url);
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: await migrationList(MIGRATIONS),
    filters: NO_FILTER,
  });
  engine.free();
  expect(await migrate(db.url, MIGRATIONS)).toEqual([]);
  const states = await readMigrationStatus(db.url, MIGRATIONS);
  expect(states).toEqual(appliedMigrationNames.map((name) => ({ name, state: "applied" })));
  const theirs = await withClient(db.url, describeSchema);

  expect(await rollbackMigrations(db.url, MIGRATIONS, states.length)).toHaveLength(states.length);
  await migrate(db.url, MIGRATIONS);
  expect(await withClient(db.url, describeSchema)).toEqual(theirs);
});
