import type { Database } from "@mgs/db/client";
import type { QueueName } from "../queues";

/** Counting stops after this many rows, so a very busy half hour shows its latest minutes only. */
const MAX_COUNTED_ROWS = 200_000;

/** Counts delivered rows by queue and by whole minutes that have passed since. */
export async function countByMinute(
  database: Database,
  minutes: number,
): Promise<{ queue: QueueName; ago: number; count: number }[]> {
  return database.$queryRaw<{ queue: QueueName; ago: number; count: number }[]>`
    SELECT "queue", floor(extract(epoch FROM now() - "finished_at") / 60)::int AS "ago", count(*)::int AS "count"
    FROM (SELECT "queue", "finished_at" FROM "outbox"
          WHERE "state" = 'sent' AND "finished_at" > now() - ${minutes} * interval '1 minute'
          ORDER BY "finished_at" DESC LIMIT ${MAX_COUNTED_ROWS}) o
    GROUP BY 1, 2`;
}
