import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "@mgs/core/logger";
import type { Enqueuer, JobData } from "@mgs/jobs/enqueuer";
import type { OutboxRef } from "@mgs/jobs/outbox.repository";
import { QUEUES, type QueueName } from "@mgs/jobs/queues";
import { createBlockingRedis } from "@mgs/jobs/redis";
import { type ConnectionOptions, Worker } from "bullmq";
import { createSlots } from "./slots";

export type Consumption = {
  /**
   * Delivers rows that Redis did not bring, the oldest first and no more side by side than usual; rows that have not
   * begun after `budgetMs` are left.
   */
  takeDirectly(refs: readonly OutboxRef[], budgetMs: number): Promise<void>;
  /** Milliseconds since a row of this queue last began here, or since the start. */
  quietMs(queue: QueueName): number;
  /** Takes no more rows and waits for those under way, `patience` milliseconds at most. */
  stop(patience: number): Promise<void>;
};

export type ConsumeOptions = {
  redisUrl: string;
  logger: Logger;
  /** For rows of a job that have to be counted one by one. */
  enqueuer: Enqueuer;
  /** Rows side by side in each queue. */
  concurrency: number;
  mailsPerSecond: number | undefined;
};

/**
 * Takes jobs from every queue, for as long as Redis is there and again when it is back. A job ends when its rows have
 * begun: from then on PostgreSQL knows of them, and BullMQ is spared the bookkeeping of jobs side by side. A row whose
 * worker is killed in that moment is the sweeper's.
 */
export function consume(
  deliver: (id: string, queue: QueueName) => Promise<void>,
  options: ConsumeOptions,
): Consumption {
  const { redisUrl, logger, enqueuer, concurrency, mailsPerSecond } = options;
  const connection = createBlockingRedis(redisUrl, "mgs-worker");
  let stopping = false;
  const start = (queue: QueueName) => {
    const limit = queue === "emails" ? mailsPerSecond : undefined;
    const slots = createSlots(concurrency);
    let begunAt = performance.now();
    const begin = (id: string) =>
      slots.begin(() => {
        begunAt = performance.now();
        return deliver(id, queue).catch((error: unknown) =>
          logger.error({ err: error, queue, outbox_id: id }, "delivery failed"),
        );
      });
    async function takeDirectly(refs: readonly OutboxRef[], budgetMs: number): Promise<void> {
      const deadline = performance.now() + budgetMs;
      for (const { id } of refs) {
        if (stopping || performance.now() > deadline) return;
        await begin(id);
        // The limit that Redis keeps over all workers is each one's own here.
        if (limit !== undefined) await delay(1_000 / limit);
      }
    }
    const worker = new Worker<JobData>(
      queue,
      async ({ data: { id, more = [] } }) => {
        const ids = limit === undefined ? [id, ...more] : [id];
        // The limit counts jobs: then each row is one.
        if (limit !== undefined) await enqueuer.enqueue(more.map((id) => ({ id, queue })));
        // What has not begun when we leave is the sweeper's, in this worker or another.
        for (const id of ids) if (!stopping) await begin(id);
      },
      {
        connection: connection as ConnectionOptions,
        concurrency: 1,
        // BullMQ's own care for lost jobs: one that a killed worker took but did not begin is back within seconds. The
        // claim in PostgreSQL makes a job that comes twice harmless, so none is ever given up as stalled too often.
        lockDuration: 6_000,
        stalledInterval: 3_000,
        maxStalledCount: Number.MAX_SAFE_INTEGER,
        runRetryDelay: 1_000,
        ...(limit === undefined ? {} : { limiter: { max: limit, duration: 1_000 } }),
      },
    );
    worker.on("failed", (_job, error) => logger.error({ err: error, queue }, "job failed"));
    worker.on("error", (error) => logger.debug({ err: error, queue }, "queue error"));
    return {
      takeDirectly,
      quietMs: () => performance.now() - begunAt,
      close: () => worker.close().finally(() => slots.idle()),
    };
  };
  const workers = new Map(QUEUES.map((queue) => [queue, start(queue)]));
  return {
    async takeDirectly(refs, budgetMs) {
      const groups = [...Map.groupBy(refs, ({ queue }) => queue)];
      await Promise.all(groups.map(([queue, group]) => workers.get(queue)?.takeDirectly(group, budgetMs)));
    },
    quietMs: (queue) => workers.get(queue)?.quietMs() ?? 0,
    async stop(patience) {
      stopping = true;
      const closing = Promise.allSettled([...workers.values()].map((worker) => worker.close()));
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, patience);
      await Promise.race([closing, promise]);
      clearTimeout(timer);
      connection.disconnect();
    },
  };
}
