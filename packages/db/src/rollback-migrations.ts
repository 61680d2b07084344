import { compareMigrations, inTransaction, lockMigrations, type Migration, withClient } from "./migrations";

/**
 * Rolls the last applied migrations back, newest first, each by its `down.sql` in one transaction with its row of
 * `_prisma_migrations`, which is marked as rolled back, so that Prisma counts the migration as pending. It takes the lock of
 * `migrate`, and checks everything before it changes the database.
 * @param folder the `prisma/migrations` folder
 * @param step number of migrations, never more than are applied
 * @returns names of the migrations that were rolled back, newest first
 * @throws Error when one of them has no `down.sql`, the applied migrations differ from these files, or SQL fails (that
 *   migration stays applied as a whole)
 */
export async function rollbackMigrations(databaseUrl: string, folder: string, step: number): Promise<string[]> {
  return withClient(databaseUrl, async (client) => {
    await lockMigrations(client);
    const compared = await compareMigrations(client, folder);
    for (const { name, state } of compared) {
      if (state === "changed") throw new Error(`migration ${name} was changed after it had been applied`);
      if (state === "failed") throw new Error(`migration ${name} was begun by another tool and not finished`);
      if (state === "unknown")
        throw new Error(`migration ${name} is of another version of the product: roll it back with that version`);
    }
    const applied = compared.flatMap(({ state, migration }) => (state === "applied" && migration ? [migration] : []));
    const chosen = applied
      .reverse()
      .slice(0, step)
      .map((migration) => ({ ...migration, down: downOf(migration) }));
    for (const { name, down } of chosen) {
      try {
        await inTransaction(client, async () => {
          await client.query(down);
          await client.query(
            `UPDATE "_prisma_migrations" SET "rolled_back_at" = now() WHERE "migration_name" = $1 AND "rolled_back_at" IS NULL`,
            [name],
          );
        });
      } catch (error) {
        throw new Error(`rolling back ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    }
    return chosen.map(({ name }) => name);
  });
}

function downOf({ name, down }: Migration): string {
  if (down === null || down.trim() === "") throw new Error(`migration ${name} has no down.sql: nothing was changed`);
  return down;
}
