import type { Database } from "@mgs/db/client";
import { QUEUES } from "./queues";

/** Backlog of the deliveries: rows that wait, seconds by which the oldest is overdue, and dead letters. */
export type OutboxLag = { waiting: number; oldestSeconds: number; dead: number };

/** Measures the backlog. It counts a thousand rows of each state at most, so that it costs the same when there are many. */
export async function measureOutboxLag(database: Database): Promise<OutboxLag> {
  const rows = await database.$queryRaw<{ waiting: bigint; oldest: number | null; dead: bigint }[]>`
    SELECT (SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state IN ('pending', 'leased') LIMIT 1000) w) AS waiting,
           (SELECT extract(epoch FROM now() - min(o.available_at))::float8
              FROM unnest(${QUEUES}::text[]) AS q(name), LATERAL (
                SELECT available_at FROM outbox WHERE queue = q.name AND state IN ('pending', 'leased')
                ORDER BY available_at LIMIT 1) o) AS oldest,
           (SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = 'dead' LIMIT 1000) d) AS dead`;
  const row = rows[0];
  return {
    waiting: Number(row?.waiting ?? 0),
    oldestSeconds: Math.max(0, Math.round(row?.oldest ?? 0)),
    dead: Number(row?.dead ?? 0),
  };
}
