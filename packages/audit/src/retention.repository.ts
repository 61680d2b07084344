import type { Database } from "@mgs/db/client";

/**
 * Removes the oldest events, all older than a time, by the function of the database that keeps an anchor of them.
 * @returns how many
 */
export async function removeEventsBefore(database: Database, cutoff: Date, limit: number): Promise<number> {
  const [row] = await database.$queryRaw<{ removed: number }[]>`
    SELECT "audit_remove_before"(${cutoff}, ${limit}::int) AS "removed"`;
  return row?.removed ?? 0;
}

/** Deletes keys that are older than the time in which a call may be repeated. @returns how many */
export async function purgeAuditKeys(database: Database, olderThanSeconds: number, limit: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM "audit_keys" WHERE "key" IN (
      SELECT "key" FROM "audit_keys"
      WHERE "created_at" < now() - ${olderThanSeconds}::int * interval '1 second' ORDER BY "created_at" LIMIT ${limit}
    )`;
}
