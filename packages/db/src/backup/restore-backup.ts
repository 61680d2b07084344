import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { MIGRATIONS_TABLE_SQL } from "../migrate";
import { inTransaction, LOCK_MIGRATIONS_SQL, type Migration, readMigrations, withClient } from "../migrations";
import type { BackupProgress } from "./backup-result";
import { type BackupFile, createFrameReader, openBackup, readBody, verifyBackup } from "./copy-format";
import { type DatabaseDescription, readServerVersion } from "./describe-database";
import { isPgArchive, type Manifest, readManifest, verifyArchive } from "./manifest";
import { findRestoreTools, majorOf, type PgTools } from "./pg-tools";
import { readArchiveScript, runScript } from "./restore-script";

/** A transaction that locks a table for longer belongs to a running process. */
const LOCK_TIMEOUT = "30s";

/** Drops every object of the schema, except those of extensions; grants on the schema itself stay. */
const CLEAR_SCHEMA_SQL = `
DO $clear$
DECLARE
  statement text;
BEGIN
  FOREACH statement IN ARRAY ARRAY(
    SELECT format('DROP %s IF EXISTS %I.%I CASCADE',
             CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
             current_schema(), relname)
      FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = pg_class.oid AND d.deptype = 'e')
     ORDER BY relkind = 'S')
    || ARRAY(
    SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure)
      FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = pg_proc.oid AND d.deptype = 'e'))
    || ARRAY(
    SELECT format('DROP TYPE IF EXISTS %I.%I CASCADE', current_schema(), typname)
      FROM pg_type WHERE typnamespace = current_schema()::regnamespace AND typtype IN ('e', 'd')
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = pg_type.oid AND d.deptype = 'e'))
  LOOP
    EXECUTE statement;
  END LOOP;
END
$clear$`;

/** Source of a backup's rows: an archive of pg_dump, the product's own format, or a script in it by older versions. */
type BackupSource =
  | { kind: "archive"; path: string; tools: PgTools }
  | { kind: "script"; file: BackupFile; tools: PgTools }
  | { kind: "copy"; file: BackupFile };

/** A backup that has been verified and fits this version. */
export type CheckedBackup = {
  source: BackupSource;
  description: DatabaseDescription;
  migrations: Migration[];
  /** Migrations of this version that the backup lacks. */
  pending: string[];
};

/**
 * Reads and verifies a whole file, without connecting to a database.
 * @param folder the `prisma/migrations` folder
 * @throws Error when the file is no backup, corrupt, truncated, of a newer version, or needs programs that are missing
 */
export async function checkBackup(
  path: string,
  folder: string,
  progress?: (share: number) => void,
): Promise<CheckedBackup> {
  const isArchive = await isPgArchive(path);
  const opened = isArchive ? await readManifest(path) : await openBackup(path);
  const description = "header" in opened ? opened.header : opened;
  const ours = await readMigrations(folder);
  const migrations = description.migrations.map(({ name, checksum }) => {
    const known = ours.find((migration) => migration.name === name);
    if (!known) {
      throw new Error(
        `${path} was made by another version of the product, one with migration ${name}: install that one`,
      );
    }
    if (known.checksum !== checksum) throw new Error(`${path} is foreign: its migration ${name} is not ours`);
    return known;
  });
  const source = "header" in opened ? await checkFile(opened, progress) : await checkArchive(path, opened, progress);
  const held = new Set(migrations.map(({ name }) => name));
  const pending = ours.map(({ name }) => name).filter((name) => !held.has(name));
  return { source, description, migrations, pending };
}

async function checkArchive(
  path: string,
  manifest: Manifest,
  progress: ((share: number) => void) | undefined,
): Promise<BackupSource> {
  await verifyArchive(path, manifest, progress);
  return { kind: "archive", path, tools: await findRestoreTools(manifest.dump) };
}

async function checkFile(file: BackupFile, progress: ((share: number) => void) | undefined): Promise<BackupSource> {
  await verifyBackup(file, progress);
  const { method, dump, server } = file.header;
  if (method === "copy") return { kind: "copy", file };
  return { kind: "script", file, tools: await findRestoreTools(dump ?? { major: majorOf(server), minor: 0 }) };
}

/** Counts the tables that a restore would replace, and the other connections to the database. */
export async function describeTarget(databaseUrl: string): Promise<{ tables: number; otherConnections: number }> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ tables: number; others: number }>(
      `SELECT (SELECT count(*)::int FROM pg_tables WHERE schemaname = current_schema()) AS tables,
              (SELECT count(*)::int FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend') AS others`,
    );
    return { tables: rows[0]?.tables ?? 0, otherConnections: rows[0]?.others ?? 0 };
  });
}

/**
 * Replaces everything in the database by a backup, in one transaction under the lock of `migrate`. An error changes nothing.
 * @throws Error when the database refuses, or a running process locks a table for too long
 */
export async function restoreBackup(
  databaseUrl: string,
  backup: CheckedBackup,
  progress: (progress: BackupProgress) => void = () => {},
): Promise<void> {
  try {
    const { source } = backup;
    if (source.kind === "copy") await restoreCopy(databaseUrl, source.file, backup, progress);
    else await restoreDump(databaseUrl, source, backup.description);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const advice = /lock timeout/.test(message) ? " Stop the product's processes, and try again." : "";
    throw new Error(`nothing was restored, and the database is as it was: ${message}.${advice}`, { cause: error });
  }
  await withClient(databaseUrl, (client) => client.query("ANALYZE"));
}

async function restoreCopy(
  databaseUrl: string,
  file: BackupFile,
  { description, migrations }: CheckedBackup,
  progress: (progress: BackupProgress) => void,
): Promise<void> {
  const { tables, sequences } = description;
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  await withClient(databaseUrl, (client) =>
    inTransaction(client, async () => {
      await client.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'; SET LOCAL statement_timeout = 0`);
      await client.query(LOCK_MIGRATIONS_SQL);
      await client.query(CLEAR_SCHEMA_SQL);
      await client.query(MIGRATIONS_TABLE_SQL);
      for (const { sql } of migrations) await client.query(sql);
      const addForeignKeys = await dropForeignKeys(client);
      // Rows come back as they were: triggers have done their work on them, and would refuse or repeat it.
      await setTriggers(client, tables, "DISABLE");
      // A migration may have inserted rows.
      await client.query(`TRUNCATE ${tables.map(({ name }) => client.escapeIdentifier(name)).join(", ")}`);
      await readBody(file, async (body) => {
        const frames = createFrameReader(body);
        let done = 0;
        for (const { name, columns, rows } of tables) {
          progress({ table: name, done, total });
          const list = columns.map((column) => client.escapeIdentifier(column)).join(", ");
          const target = client.query(copyFrom(`COPY ${client.escapeIdentifier(name)} (${list}) FROM STDIN`));
          await pipeline(Readable.from(frames.table()), target);
          if (target.rowCount !== rows) throw new Error(`${name} got ${target.rowCount} rows instead of ${rows}`);
          done += rows;
        }
      });
      await setTriggers(client, tables, "ENABLE");
      for (const sql of addForeignKeys) await client.query(sql);
      for (const { name, last } of sequences) {
        if (last !== null) await client.query("SELECT setval($1::regclass, $2)", [client.escapeIdentifier(name), last]);
      }
    }),
  );
}

async function setTriggers(
  client: Client,
  tables: DatabaseDescription["tables"],
  state: "DISABLE" | "ENABLE",
): Promise<void> {
  for (const { name } of tables) {
    await client.query(`ALTER TABLE ${client.escapeIdentifier(name)} ${state} TRIGGER USER`);
  }
}

/** Drops the foreign keys, because tables are restored in any order; they are created and checked at the end. */
async function dropForeignKeys(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ drop: string; add: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS "drop",
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS "add"
       FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`,
  );
  for (const { drop } of rows) await client.query(drop);
  return rows.map(({ add }) => add);
}

async function restoreDump(
  databaseUrl: string,
  source: Exclude<BackupSource, { kind: "copy" }>,
  description: DatabaseDescription,
): Promise<void> {
  await requireServerVersion(databaseUrl, description.server);
  const statements = {
    before: [
      "SET client_min_messages = warning",
      `SET lock_timeout = '${LOCK_TIMEOUT}'`,
      LOCK_MIGRATIONS_SQL,
      CLEAR_SCHEMA_SQL,
    ],
    after: [createCountCheck(description.tables)],
  };
  const run = (script: AsyncIterable<Buffer>) => runScript(source.tools, databaseUrl, script, statements);
  if (source.kind === "archive") await run(readArchiveScript(source.tools, source.path));
  else await readBody(source.file, run);
}

/** Makes SQL that fails the transaction when a table lacks rows. A dump leaves an empty search path. */
function createCountCheck(tables: DatabaseDescription["tables"]): string {
  const checks = tables.map(({ name, rows }) => {
    const literal = name.replaceAll("'", "''");
    return `IF (SELECT count(*) FROM public."${name.replaceAll('"', '""')}") <> ${rows} THEN RAISE EXCEPTION 'rows of ${literal} are missing'; END IF;`;
  });
  return `DO $count$ BEGIN ${checks.join(" ")} END $count$`;
}

/** Refuses a server older than the dump's: it may not know what the dump creates. */
async function requireServerVersion(databaseUrl: string, server: number): Promise<void> {
  const wanted = majorOf(server);
  const major = majorOf(await withClient(databaseUrl, readServerVersion));
  if (major < wanted) throw new Error(`this backup needs PostgreSQL ${wanted} or newer, and the server is ${major}`);
}
