import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "@mgs/core/logger";
import type { Enqueuer, JobData } from "@mgs/jobs/enqueuer";
import type { OutboxRef } from "@mgs/jobs/outbox.repository";
import { QUEUES, type QueueName } from "@mgs/jobs/queues";
import { createBlockingRedis } from "@mgs/jobs/redis";
import { type ConnectionOptions, Worker } from "bullmq";
import { createSemaphore } from "./semaphore";

export type Consumption = {
  /**
   * Delivers rows without a job, the oldest first and with the usual concurrency. It leaves rows that have not begun after
   * `budgetMs`.
   */
  deliverDirectly(refs: readonly OutboxRef[], budgetMs: number): Promise<void>;
  /** Milliseconds since this process last began a row of this queue, or since its start. */
  idleMs(queue: QueueName): number;
  /** Takes no more rows and waits for those under way, for `timeoutMs` at most. */
  stop(timeoutMs: number): Promise<void>;
};

export type ConsumeOptions = {
  redisUrl: string;
  logger: Logger;
  /** Enqueues rows of a shared job one by one, where a limit counts jobs. */
  enqueuer: Enqueuer;
  /** Rows of each queue that are delivered at the same time. */
  concurrency: number;
  mailsPerSecond: number | undefined;
};

/**
 * Takes jobs from every queue while Redis is there, and again when it is back. A job ends when its rows have begun: from then
 * on PostgreSQL holds their leases, and BullMQ need not track concurrent jobs. The sweep delivers a row whose worker is killed
 * between the two.
 */
export function consumeQueues(
  deliver: (id: string, queue: QueueName) => Promise<void>,
  options: ConsumeOptions,
): Consumption {
  const { redisUrl, logger, enqueuer, concurrency, mailsPerSecond } = options;
  const connection = createBlockingRedis(redisUrl, "mgs-worker");
  let stopping = false;
  const start = (queue: QueueName) => {
    const limit = queue === "emails" ? mailsPerSecond : undefined;
    const semaphore = createSemaphore(concurrency);
    let begunAt = performance.now();
    const begin = (id: string) =>
      semaphore.start(() => {
        begunAt = performance.now();
        return deliver(id, queue).catch((error: unknown) =>
          logger.error({ err: error, queue, outbox_id: id }, "delivery failed"),
        );
      });
    async function deliverDirectly(refs: readonly OutboxRef[], budgetMs: number): Promise<void> {
      const deadline = performance.now() + budgetMs;
      for (const { id } of refs) {
        if (stopping || performance.now() > deadline) return;
        await begin(id);
        // Without Redis each worker keeps the limit for itself; Redis keeps it over all workers.
        if (limit !== undefined) await delay(1_000 / limit);
      }
    }
    const worker = new Worker<JobData>(
      queue,
      async ({ data: { id, more = [] } }) => {
        const ids = limit === undefined ? [id, ...more] : [id];
        // The limit counts jobs, so each row of a shared job becomes a job of its own.
        if (limit !== undefined) await enqueuer.enqueue(more.map((id) => ({ id, queue })));
        // The sweep of this worker or another one delivers rows that have not begun when this one stops.
        for (const id of ids) if (!stopping) await begin(id);
      },
      {
        connection: connection as ConnectionOptions,
        concurrency: 1,
        // BullMQ gives a job that a killed worker took but did not begin to another one within seconds. The claim in
        // PostgreSQL makes a repeated job harmless, so BullMQ never fails one for having stalled too often.
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
      deliverDirectly,
      idleMs: () => performance.now() - begunAt,
      close: () => worker.close().finally(() => semaphore.waitUntilIdle()),
    };
  };
  const workers = new Map(QUEUES.map((queue) => [queue, start(queue)]));
  return {
    async deliverDirectly(refs, budgetMs) {
      const groups = [...Map.groupBy(refs, ({ queue }) => queue)];
      await Promise.all(groups.map(([queue, group]) => workers.get(queue)?.deliverDirectly(group, budgetMs)));
    },
    idleMs: (queue) => workers.get(queue)?.idleMs() ?? 0,
    async stop(timeoutMs) {
      stopping = true;
      const closing = Promise.allSettled([...workers.values()].map((worker) => worker.close()));
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, timeoutMs);
      await Promise.race([closing, promise]);
      clearTimeout(timer);
      connection.disconnect();
    },
  };
}
