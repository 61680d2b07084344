import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";

/** One folder of `prisma/migrations`. `down` is null when the folder has no `down.sql`. */
export type Migration = { name: string; sql: string; checksum: string; down: string | null };

/**
 * State of one migration against `_prisma_migrations`. `failed`: another tool began it and never finished. `changed`:
 * its file is not the one that was applied. `unknown`: applied, and not among this version's files.
 */
export type MigrationState = "applied" | "pending" | "failed" | "changed" | "unknown";

export type Compared = { name: string; state: MigrationState; migration: Migration | null };

/** The key that Prisma's own engine takes, so that `prisma migrate deploy` and we exclude each other as well. */
const LOCK_KEY = 72_707_369;

/** Takes the migration lock until this connection ends. */
export async function lockMigrations(client: Client): Promise<void> {
  await client.query("SELECT pg_advisory_lock($1)", [LOCK_KEY]);
}

/** SQL that takes the same lock until the end of the transaction. */
export const LOCK_MIGRATIONS_SQL = `SELECT pg_advisory_xact_lock(${LOCK_KEY})`;

/** Compares the migrations of a folder, oldest first, with the database, and adds those that only the database has. It writes nothing. */
export async function compareMigrations(client: Client, folder: string): Promise<Compared[]> {
  const rows = await readAppliedMigrations(client);
  const byName = new Map(rows.map((row) => [row.name, row]));
  const files = await readMigrations(folder);
  const known = files.map((migration): Compared => {
    const row = byName.get(migration.name);
    byName.delete(migration.name);
    const { name } = migration;
    if (!row) return { name, state: "pending", migration };
    if (!row.finished) return { name, state: "failed", migration };
    return { name, state: row.checksum === migration.checksum ? "applied" : "changed", migration };
  });
  return [...known, ...[...byName.keys()].map((name): Compared => ({ name, state: "unknown", migration: null }))];
}

/** Reads the rows of Prisma's table that were not rolled back, oldest first. */
export async function readAppliedMigrations(
  client: Client,
): Promise<{ name: string; checksum: string; finished: boolean }[]> {
  const exists = await client.query(`SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS there`);
  if (!exists.rows[0]?.there) return [];
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT "migration_name" AS name, "checksum", "finished_at" IS NOT NULL AS finished
       FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL ORDER BY "migration_name"`,
  );
  return rows;
}

export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      const down = await readFile(join(folder, name, "down.sql"), "utf8").catch(absent);
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex"), down };
    }),
  );
}

/** Runs `work` in a transaction. */
export async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    const result = await work();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** Runs `work` with a connection of its own, and closes it afterwards. */
export async function withClient<T>(databaseUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl, application_name: "mgs" });
  // A server that goes away causes an error event on the client as well as an error of the query.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
