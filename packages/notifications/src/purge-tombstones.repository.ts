import type { Database } from "@mgs/db/client";

/**
 * Deletes up to `limit` tombstones that are `ageSeconds` old or older, and raises the floor, below which a client has to
 * start over. It locks inboxes in the order of their people, as sends do. @returns how many
 */
export async function purgeTombstones(database: Database, ageSeconds: number, limit: number): Promise<number> {
  const rows = await database.$queryRaw<{ purged: bigint }[]>`
    WITH chosen AS MATERIALIZED (
      SELECT "id" FROM "notifications" WHERE "deleted_at" <= now() - ${ageSeconds}::int * interval '1 second'
      ORDER BY "deleted_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ), deleted AS (
      DELETE FROM "notifications" n USING chosen WHERE n."id" = chosen."id" RETURNING n."user_id", n."seq"
    ), floors AS (
      SELECT "user_id", max("seq") AS "seq" FROM deleted GROUP BY "user_id"
    ), locked AS MATERIALIZED (
      SELECT i."user_id", floors."seq" FROM "inboxes" i JOIN floors USING ("user_id")
      ORDER BY i."user_id" FOR UPDATE OF i
    ), raised AS (
      UPDATE "inboxes" i SET "floor_seq" = greatest(i."floor_seq", locked."seq")
      FROM locked WHERE i."user_id" = locked."user_id"
    ) SELECT count(*) AS "purged" FROM deleted`;
  return Number(rows[0]?.purged ?? 0);
}
