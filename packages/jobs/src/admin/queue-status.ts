import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import type { QueueName } from "../queues";
import type { JobCounts, QueueMonitor } from "./queue-monitor";
import { countQueues } from "./queues.repository";

export type QueueStatus = {
  queue: QueueName;
  /** When the queue was paused and by which actor (`user:1`, `system:cli`); null while it delivers. */
  paused: { at: string; by: string } | null;
  /** Counts of PostgreSQL's rows. Each stops at 100,000 (`MAX_COUNTED_ROWS`). */
  outbox: {
    /** Rows that wait for an attempt, the first or a later one. */
    pending: number;
    /** Rows that a worker delivers now. */
    leased: number;
    /** Pending and leased rows whose `available_at` has passed. */
    due: number;
    /** Dead letters. */
    dead: number;
    /** Seconds by which the oldest due row is overdue; 0 when none is due. */
    oldest_seconds: number;
    sent_last_minute: number;
    sent_last_hour: number;
  };
  /** Jobs in Redis; null while Redis is away. */
  redis: JobCounts | null;
};

/** Reads the state and the counts of each queue, in the order of `QUEUES`. @throws AppError FORBIDDEN */
export async function readQueueStatus(
  deps: { database: Database; monitor: QueueMonitor },
  actor: Actor,
): Promise<QueueStatus[]> {
  requirePermission(actor, "queues.read");
  const [rows, redis] = await Promise.all([countQueues(deps.database), deps.monitor.counts()]);
  return rows.map((row) => ({
    queue: row.queue,
    paused: row.pausedAt && { at: row.pausedAt.toISOString(), by: row.pausedBy ?? "" },
    outbox: {
      pending: row.pending,
      leased: row.leased,
      due: row.due,
      dead: row.dead,
      oldest_seconds: Math.round(row.oldestSeconds),
      sent_last_minute: row.lastMinute,
      sent_last_hour: row.lastHour,
    },
    redis: redis?.[row.queue] ?? null,
  }));
}
