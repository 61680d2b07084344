import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import {
  compareMigrations,
  inTransaction,
  lockMigrations,
  type Migration,
  type MigrationState,
  withClient,
} from "./migrations";

export type MigrationStatus = { name: string; state: MigrationState };

/** Creates the table as Prisma does. */
export const MIGRATIONS_TABLE_SQL = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies pending migrations, each in a transaction together with its row in Prisma's own table. An advisory lock
 * prevents two machines from migrating at the same time. It leaves migrations of a newer version alone.
 * @param folder the `prisma/migrations` folder
 * @returns names of the migrations applied now
 * @throws Error when an applied migration's file has changed since, another tool left one unfinished, or SQL fails
 *   (nothing of that migration stays)
 */
export async function migrate(databaseUrl: string, folder: string): Promise<string[]> {
  return withClient(databaseUrl, async (client) => {
    await lockMigrations(client);
    await client.query(MIGRATIONS_TABLE_SQL);
    const compared = await compareMigrations(client, folder);
    for (const { name, state } of compared) {
      if (state === "changed") throw new Error(`migration ${name} was changed after it had been applied`);
      if (state === "failed")
        throw new Error(`migration ${name} was begun by another tool and not finished: prisma migrate resolve`);
    }
    const applied: string[] = [];
    for (const { migration, state } of compared) {
      if (state !== "pending" || !migration) continue;
      await applyMigration(client, migration);
      applied.push(migration.name);
    }
    return applied;
  });
}

/** Reads the state of every migration, oldest first, without writing. */
export async function readMigrationStatus(databaseUrl: string, folder: string): Promise<MigrationStatus[]> {
  return withClient(databaseUrl, async (client) => {
    const compared = await compareMigrations(client, folder);
    return compared.map(({ name, state }) => ({ name, state }));
  });
}

async function applyMigration(client: Client, migration: Migration): Promise<void> {
  try {
    await inTransaction(client, async () => {
      await client.query(migration.sql);
      await client.query(
        `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count") VALUES ($1, $2, $3, now(), 1)`,
        [randomUUID(), migration.checksum, migration.name],
      );
    });
  } catch (error) {
    throw new Error(`migration ${migration.name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
