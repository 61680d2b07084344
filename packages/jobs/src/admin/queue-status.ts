import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import type { QueueName } from "../queues";
import type { JobCounts, QueueMonitor } from "./queue-monitor";
import { countQueues } from "./queues.repository";

export type QueueStatus = {
  queue: QueueName;
  /** Since when and by whom (`user:1`, `system:cli`); null while it delivers. */
  paused: { at: string; by: string } | null;
  /** From PostgreSQL. Each count stops at 100,000 (`MOST_COUNTED`). */
  outbox: {
    /** Waiting for an attempt, the first or another one. */
    pending: number;
    /** In a worker's hands now. */
    leased: number;
    /** Of both, those whose time has come. */
    due: number;
    /** Dead letters. */
    dead: number;
    /** Seconds that the longest waiting row is overdue; 0 when none is. */
    oldest_seconds: number;
    sent_last_minute: number;
    sent_last_hour: number;
  };
  /** Jobs in Redis; null while Redis is away. */
  redis: JobCounts | null;
};

/** How each queue is, in the order of `QUEUES`. @throws AppError FORBIDDEN */
export async function queueStatus(
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
