import { type Database, Prisma, type Transaction } from "./client";

/** Time for millions of rows, and for their indexes. */
const TIMEOUT_MS = 3_600_000;

/**
 * Writes many rows into tables whose indexes are made anew afterwards, which takes a fraction of the time. Unique indexes stay, and what
 * references them. All of it is one transaction: after a failure the indexes are as before. Nobody else may use the tables meanwhile.
 * @param work writes the rows; `tx` is for it alone
 */
export async function withoutIndexes(
  database: Database,
  tables: readonly string[],
  work: (tx: Transaction) => Promise<void>,
  note: (text: string) => void = () => undefined,
): Promise<void> {
  await database.$transaction(
    async (tx) => {
      const indexes = await tx.$queryRaw<{ name: string; definition: string }[]>`
        SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
        WHERE t.relname = ANY(${[...tables]}) AND t.relnamespace = current_schema()::regnamespace AND NOT i.indisunique
        ORDER BY c.relname`;
      await tx.$executeRaw`SET LOCAL maintenance_work_mem = '512MB'`;
      for (const { name } of indexes) await tx.$executeRaw(Prisma.raw(`DROP INDEX "${name}"`));
      await work(tx);
      for (const { name, definition } of indexes) {
        note(`index ${name}`);
        await tx.$executeRaw(Prisma.raw(definition));
      }
    },
    { timeout: TIMEOUT_MS, maxWait: 10_000 },
  );
}
