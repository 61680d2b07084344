import type { Logger } from "@mgs/core/logger";
import { QUEUES, type QueueName } from "@mgs/jobs/contracts";
import type { JobData } from "@mgs/jobs/enqueuer";
import { createBlockingRedis } from "@mgs/jobs/redis";
import { type ConnectionOptions, Worker } from "bullmq";

export type Consumption = {
  /** Takes no more jobs and waits for those under way, `patience` milliseconds at most. */
  stop(patience: number): Promise<void>;
};

export type ConsumeOptions = {
  redisUrl: string;
  logger: Logger;
  /** Jobs side by side in each queue. */
  concurrency: number;
  mailsPerSecond: number | undefined;
};

/** Takes jobs from every queue, for as long as Redis is there and again when it is back. */
export function consume(deliver: (id: string) => Promise<void>, options: ConsumeOptions): Consumption {
  const { redisUrl, logger, concurrency, mailsPerSecond } = options;
  const connection = createBlockingRedis(redisUrl, "mgs-worker");
  const start = (queue: QueueName) => {
    const worker = new Worker<JobData>(queue, ({ data }) => deliver(data.id), {
      connection: connection as ConnectionOptions,
      concurrency,
      // BullMQ's own care for lost jobs: a job that a killed worker took but did not claim is back within seconds. The
      // claim in PostgreSQL makes a job that comes twice harmless, so none is ever given up as stalled too often.
      lockDuration: 6_000,
      stalledInterval: 3_000,
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: 1_000,
      ...(queue === "emails" && mailsPerSecond !== undefined
        ? { limiter: { max: mailsPerSecond, duration: 1_000 } }
        : {}),
    });
    worker.on("failed", (_job, error) => logger.error({ err: error, queue }, "job failed"));
    worker.on("error", (error) => logger.debug({ err: error, queue }, "queue error"));
    return worker;
  };
  const workers = QUEUES.map(start);
  return {
    async stop(patience) {
      const closing = Promise.allSettled(workers.map((worker) => worker.close()));
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, patience);
      await Promise.race([closing, promise]);
      clearTimeout(timer);
      connection.disconnect();
    },
  };
}
