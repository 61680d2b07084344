import type { Actor } from "@mgs/core/actor";
import { type QueueStatus, readQueueStatus } from "@mgs/jobs/admin/queue-status";
import { readQueueThroughput } from "@mgs/jobs/admin/queue-throughput";
import type { ConsoleContext } from "../console-context";

/** The part of the page that refreshes. */
export type QueuesLive = { at: string; queues: (QueueStatus & { trend: number[] })[] };

/** @throws AppError FORBIDDEN */
export async function readQueuesLive(
  { runtime, queueMonitor }: Pick<ConsoleContext, "runtime" | "queueMonitor">,
  actor: Actor,
): Promise<QueuesLive> {
  const [queues, trends] = await Promise.all([
    readQueueStatus({ database: runtime.database, monitor: queueMonitor }, actor),
    readQueueThroughput(runtime, actor),
  ]);
  return { at: new Date().toISOString(), queues: queues.map((queue) => ({ ...queue, trend: trends[queue.queue] })) };
}
