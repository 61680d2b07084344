import type { Database } from "@mgs/db/client";
import { QUEUES } from "./queues";

/**
 * Deletes up to `limit` rows of each queue that were sent `ageSeconds` ago or earlier. A materialized subquery chooses them: a
 * subselect in the WHERE of DELETE may run again for each row, and would then choose more than `limit`.
 * @returns the number of deleted rows
 */
export async function purgeSent(database: Database, ageSeconds: number, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH chosen AS MATERIALIZED (
      SELECT r."id" FROM unnest(${QUEUES}::text[]) AS q("name"), LATERAL (
        SELECT "id" FROM "outbox"
        WHERE "queue" = q."name" AND "state" = 'sent' AND "finished_at" < now() - ${ageSeconds}::int * interval '1 second'
        ORDER BY "finished_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED) r
    )
    DELETE FROM "outbox" o USING chosen WHERE o."id" = chosen."id"`;
}
