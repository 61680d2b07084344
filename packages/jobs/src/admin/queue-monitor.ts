import { type ConnectionOptions, Queue } from "bullmq";
import { QUEUES, type QueueName } from "../queues";
import { createRedis, takesWrites, within } from "../redis";

/** What BullMQ holds of a queue. A job ends by leaving Redis, so failures are counted in PostgreSQL. */
export type JobCounts = { waiting: number; active: number; delayed: number; failed: number };

/** Looks at the queues in Redis. */
export type QueueMonitor = {
  /** Null while Redis is away; never throws, never waits for longer than `patience`. */
  counts(): Promise<Record<QueueName, JobCounts> | null>;
  close(): Promise<void>;
};

/** Connects on first use. @param patience milliseconds */
export function createQueueMonitor(redisUrl: string, patience = 1_000): QueueMonitor {
  const client = createRedis(redisUrl, "mgs-queue-monitor", patience);

  async function countAll(): Promise<Record<QueueName, JobCounts>> {
    // A replica may show what was once.
    if (!(await takesWrites(client))) throw new Error("Redis is a replica");
    const entries = await Promise.all(QUEUES.map(async (name) => [name, await countOne(name)] as const));
    return Object.fromEntries(entries) as Record<QueueName, JobCounts>;
  }

  /** A queue object a look: one whose first handshake failed would never recover. */
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
    counts: () => within(patience, countAll()).catch(() => null),
    async close() {
      client.disconnect();
    },
  };
}
