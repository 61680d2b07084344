import { createBatcher } from "@mgs/core/batch";
import type { Logger } from "@mgs/core/logger";
import { type ConnectionOptions, type JobsOptions, Queue } from "bullmq";
import type { OutboxRef } from "./outbox.repository";
import { QUEUES, type QueueName } from "./queues";
import { createRedis, waitUntilReady, withTimeout } from "./redis";

/** Adds committed outbox rows to the queues in Redis. Rows that Redis does not take stay in PostgreSQL, and the sweep enqueues them. */
export type Enqueuer = {
  /** Never throws. @returns whether Redis took all rows that are due now */
  enqueue(refs: readonly OutboxRef[]): Promise<boolean>;
  close(): Promise<void>;
};

export type RedisEnqueuer = Enqueuer & {
  /**
   * Connects and makes the queues' handshakes, so that the first row goes to Redis as fast as any. It ends at once when the
   * connection is refused, and after `CONNECT_TIMEOUT_MS` when Redis does not answer; it never throws.
   */
  connect(): Promise<void>;
};

/** A request waits for Redis this long at most. */
const TIMEOUT_MS = 200;
/** Retries of urgent rows, and the delay before each. They cover the 2 s until the sweep finds the rows. */
const URGENT_RETRY_COUNT = 15;
const URGENT_RETRY_DELAY_MS = 100;
/** Rows that are due later linger here, so that many of them go to Redis as one job. */
const LINGER_MS = 250;
/** Shortest interval between two warnings, for a Redis that takes some jobs and refuses others. */
const WARN_INTERVAL_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** BullMQ removes a job when it ends: PostgreSQL keeps the outcome, and the job id is free again. */
const JOB_OPTIONS = { removeOnComplete: true, removeOnFail: true, attempts: 1 } satisfies JobsOptions;

/**
 * A job's data: the id of a row, and of rows that share the job. PostgreSQL keeps the rows themselves, so a worker of an older
 * release may deliver the first and leave the others to the sweep.
 */
export type JobData = { id: string; more?: readonly string[] };

const MAX_ROWS_PER_JOB = 50;

/**
 * Makes an enqueuer that never throws and never keeps its caller waiting for longer than `timeoutMs`. It connects on first
 * use. Call it after the transaction that wrote the rows has committed.
 * @param timeoutMs the worker, which adds many rows at once, has more than a request
 */
export function createEnqueuer(redisUrl: string, logger: Logger, timeoutMs = TIMEOUT_MS): RedisEnqueuer {
  const client = createRedis(redisUrl, "mgs-enqueuer", timeoutMs);
  let queues: Map<QueueName, Queue<JobData>> | undefined;
  let isDisconnected = false;
  let warnedAt = Number.NEGATIVE_INFINITY;
  let isFailing = false;
  /** True when the last connection failed with an error of the network, such as ECONNREFUSED. */
  let isUnreachable = false;
  client.on("error", (error) => {
    isUnreachable = "code" in error;
  });
  client.on("close", () => {
    isDisconnected = true;
  });
  client.on("ready", () => {
    isDisconnected = false;
  });

  function getQueue(name: QueueName): Queue<JobData> {
    queues ??= new Map();
    const known = queues.get(name);
    if (known) return known;
    const queue = new Queue<JobData>(name, { connection: client as ConnectionOptions, skipMetasUpdate: true });
    queue.on("error", () => undefined);
    queues.set(name, queue);
    return queue;
  }

  /** Discards the queues, since one whose first handshake failed never recovers; the next call makes new ones. */
  async function discardQueues(): Promise<void> {
    const discarded = queues;
    queues = undefined;
    await Promise.all([...(discarded?.values() ?? [])].map((queue) => queue.close().catch(() => undefined)));
  }

  async function add(refs: readonly OutboxRef[]): Promise<void> {
    if (isDisconnected) throw new Error("Redis is away");
    await waitUntilReady(client);
    await Promise.all([...Map.groupBy(refs, (ref) => ref.queue)].map(([name, group]) => addToQueue(name, group)));
  }

  async function addToQueue(name: QueueName, refs: readonly OutboxRef[]): Promise<void> {
    const [job, ...others] = groupIntoJobs(refs).map(([ref, ...more]) => ({
      name,
      data: { id: ref.id, ...(more.length > 0 ? { more: more.map(({ id }) => id) } : {}) },
      opts: {
        ...JOB_OPTIONS,
        jobId: jobId(ref),
        ...(ref.delayMs ? { delay: ref.delayMs } : {}),
        ...(ref.urgent ? { lifo: true } : {}),
      },
    }));
    if (!job) return;
    // A job alone is one command; in bulk it would be a transaction of three, at twice the CPU time.
    if (others.length === 0) await getQueue(name).add(job.name, job.data, job.opts);
    else await getQueue(name).addBulk([job, ...others]);
  }

  /** Calls that arrive while a command is under way share the next command. */
  const addInBatch = createBatcher(
    async (calls: readonly (readonly OutboxRef[])[]) => {
      await add(calls.flat());
      return calls.map((): PromiseSettledResult<void> => ({ status: "fulfilled", value: undefined }));
    },
    { maxBatchSize: 64, maxWaitMs: timeoutMs, maxConcurrency: 8 },
  );
  const inFlight = new Set<Promise<void>>();

  /**
   * Retries in the background, so that a slow first command does not delay a sign-out until the sweep. The job id prevents a
   * second job when the first command did arrive.
   */
  function retryUrgent(refs: readonly OutboxRef[], triesLeft: number): void {
    const retry = () => add(refs).catch(() => (triesLeft > 1 ? retryUrgent(refs, triesLeft - 1) : undefined));
    setTimeout(retry, URGENT_RETRY_DELAY_MS).unref();
  }

  let delayedRows: OutboxRef[] = [];
  let flushTimer: NodeJS.Timeout | undefined;

  /** Keeps rows until the next flush. After a crash in the meantime the sweep enqueues them, as after any commit. */
  function holdDelayedRows(refs: readonly OutboxRef[]): void {
    delayedRows.push(...refs);
    flushTimer ??= setTimeout(() => void flushDelayedRows(), LINGER_MS);
  }

  async function flushDelayedRows(): Promise<void> {
    clearTimeout(flushTimer);
    flushTimer = undefined;
    const refs = delayedRows.map((ref) => ({ ...ref, delayMs: (ref.delayMs ?? 0) - LINGER_MS }));
    delayedRows = [];
    await enqueueWithTimeout(refs);
  }

  async function enqueueWithTimeout(refs: readonly OutboxRef[]): Promise<boolean> {
    if (refs.length === 0) return true;
    const added = withTimeout(timeoutMs, addInBatch(refs));
    inFlight.add(added);
    try {
      await added;
      if (isFailing) logger.info("Redis takes jobs again");
      isFailing = false;
      return true;
    } catch (error) {
      void discardQueues();
      const urgent = refs.filter((ref) => ref.urgent);
      if (urgent.length > 0) retryUrgent(urgent, URGENT_RETRY_COUNT);
      if (isFailing || performance.now() - warnedAt < WARN_INTERVAL_MS) return false;
      isFailing = true;
      warnedAt = performance.now();
      const reason = error instanceof Error ? error.message : "unknown";
      logger.warn({ rows: refs.length, reason }, "rows not enqueued: the sweep will enqueue them");
      return false;
    } finally {
      inFlight.delete(added);
    }
  }

  return {
    async connect() {
      const deadline = performance.now() + CONNECT_TIMEOUT_MS;
      while (performance.now() < deadline) {
        try {
          await waitUntilReady(client);
          await Promise.all(QUEUES.map((name) => getQueue(name).waitUntilReady()));
          return;
        } catch {
          await discardQueues();
          if (isUnreachable) return;
        }
      }
    },
    async enqueue(refs) {
      const canWait = (ref: OutboxRef) => ref.delayMs !== undefined && ref.delayMs >= 2 * LINGER_MS;
      if (refs.some(canWait)) holdDelayedRows(refs.filter(canWait));
      return enqueueWithTimeout(refs.filter((ref) => !canWait(ref)));
    },
    async close() {
      await flushDelayedRows();
      // Callers need not await `enqueue`; each call ends by itself within its timeout.
      await Promise.allSettled(inFlight);
      await discardQueues();
      client.disconnect();
    },
  };
}

/**
 * Groups rows into jobs. First attempts with the same delay share a job, since a job costs Redis and both its ends more than
 * a row does. A row that is due now has a job of its own: workers share such jobs out, and the job id stops the sweep, which
 * enqueues the same row again and again, from adding it twice.
 */
function groupIntoJobs(refs: readonly OutboxRef[]): [OutboxRef, ...OutboxRef[]][] {
  const jobs: [OutboxRef, ...OutboxRef[]][] = [];
  const open = new Map<number, [OutboxRef, ...OutboxRef[]]>();
  for (const ref of refs) {
    const shared = ref.delayMs && !ref.attempts ? open.get(ref.delayMs) : undefined;
    if (shared && shared.length < MAX_ROWS_PER_JOB) {
      shared.push(ref);
      continue;
    }
    const job: [OutboxRef, ...OutboxRef[]] = [ref];
    jobs.push(job);
    if (ref.delayMs && !ref.attempts) open.set(ref.delayMs, job);
  }
  return jobs;
}

/**
 * Makes the id of a row's job. BullMQ ignores an id that it still holds, so an attempt enqueued twice is one job. A later
 * attempt has another id, since a job that a killed worker left active would block it.
 */
function jobId(ref: OutboxRef): string {
  return ref.attempts ? `${ref.id}-${ref.attempts}` : ref.id;
}
