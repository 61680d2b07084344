import type { Database } from "@mgs/db/client";
import type { QueueName } from "../queues";

/** Counting goes no further back than so many rows: a very busy hour shows its latest minutes. */
const MOST_ROWS = 200_000;

/** Rows delivered, by queue and by how many whole minutes ago. */
export async function countByMinute(
  database: Database,
  minutes: number,
): Promise<{ queue: QueueName; ago: number; count: number }[]> {
  return database.$queryRaw<{ queue: QueueName; ago: number; count: number }[]>`
    SELECT "queue", floor(extract(epoch FROM now() - "finished_at") / 60)::int AS "ago", count(*)::int AS "count"
    FROM (SELECT "queue", "finished_at" FROM "outbox"
          WHERE "state" = 'sent' AND "finished_at" > now() - ${minutes} * interval '1 minute'
          ORDER BY "finished_at" DESC LIMIT ${MOST_ROWS}) o
    GROUP BY 1, 2`;
}
