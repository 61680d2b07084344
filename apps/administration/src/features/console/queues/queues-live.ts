import type { Actor } from "@mgs/core/actor";
import { type QueueStatus, readQueueStatus } from "@mgs/jobs/admin/queue-status";
import { readQueueThroughput } from "@mgs/jobs/admin/queue-throughput";
import type { ConsoleVisit } from "../guard";

/** What the page shows and refreshes. */
export type QueuesLive = { at: string; queues: (QueueStatus & { trend: number[] })[] };

/** @throws AppError FORBIDDEN */
export async function readQueuesLive(
  { runtime, queueMonitor }: Pick<ConsoleVisit, "runtime" | "queueMonitor">,
  actor: Actor,
): Promise<QueuesLive> {
  const [queues, trends] = await Promise.all([
    readQueueStatus({ database: runtime.database, monitor: queueMonitor }, actor),
    readQueueThroughput(runtime, actor),
  ]);
  return { at: new Date().toISOString(), queues: queues.map((queue) => ({ ...queue, trend: trends[queue.queue] })) };
}
