import { type ConnectionOptions, Queue } from "bullmq";
import { QUEUES, type QueueName } from "../queues";
import { createRedis, takesWrites, withTimeout } from "../redis";

/** Number of a queue's jobs in Redis. A job that has ended leaves Redis, so PostgreSQL counts the failures. */
export type JobCounts = { waiting: number; active: number; delayed: number; failed: number };

/** Counts the jobs of the queues in Redis. */
export type QueueMonitor = {
  /** Returns null while Redis is away. It never throws, and it waits for `timeoutMs` at most. */
  counts(): Promise<Record<QueueName, JobCounts> | null>;
  close(): Promise<void>;
};

/** Makes a monitor that connects on first use. */
export function createQueueMonitor(redisUrl: string, timeoutMs = 1_000): QueueMonitor {
  const client = createRedis(redisUrl, "mgs-queue-monitor", timeoutMs);

  async function countAll(): Promise<Record<QueueName, JobCounts>> {
    // A replica may show counts of the past.
    if (!(await takesWrites(client))) throw new Error("Redis is a replica");
    const entries = await Promise.all(QUEUES.map(async (name) => [name, await countOne(name)] as const));
    return Object.fromEntries(entries) as Record<QueueName, JobCounts>;
  }

  /** Makes a new queue object for each count: BullMQ's never recovers from a first handshake that failed. */
  async function countOne(name: QueueName): Promise<JobCounts> {
    const queue = new Queue(name, { connection: client as ConnectionOptions, skipMetasUpdate: true });
    queue.on("error", () => undefined);
    try {
      const counts = await queue.getJobCounts("waiting", "prioritized", "active", "delayed", "failed");
      return {
        waiting: (counts.waiting ?? 0) + (counts.prioritized ?? 0),
        active: counts.active ?? 0,
        delayed: counts.delayed ?? 0,
        failed: counts.failed ?? 0,
      };
    } finally {
      await queue.close().catch(() => undefined);
    }
  }

  return {
    counts: () => withTimeout(timeoutMs, countAll()).catch(() => null),
    async close() {
      client.disconnect();
    },
  };
}
