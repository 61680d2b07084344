import { createBatcher } from "@mgs/core/batch";
import type { Logger } from "@mgs/core/logger";
import { type ConnectionOptions, type JobsOptions, Queue } from "bullmq";
import type { OutboxRef } from "./outbox.repository";
import { QUEUES, type QueueName } from "./queues";
import { createRedis, untilReady, within } from "./redis";

/** Hands committed outbox rows to the worker. A row it fails to hand over stays in PostgreSQL, for the sweeper. */
export type Enqueuer = {
  /** @returns whether Redis took all that is not to wait; never throws */
  enqueue(refs: readonly OutboxRef[]): Promise<boolean>;
  close(): Promise<void>;
};

export type RedisEnqueuer = Enqueuer & {
  /**
   * Makes the connection and the queues' handshakes, so that the first row goes to Redis as fast as any. It ends at once
   * where Redis is away, and after `CONNECT_TIMEOUT_MS` where Redis does not answer; it never throws.
   */
  connect(): Promise<void>;
};

/** Milliseconds a request may lose to an absent Redis. */
const PATIENCE = 200;
/** Further tries of what is urgent, and the milliseconds before each: until the sweeper's turn comes, every 2 s. */
const URGENT_TRIES = 15;
const URGENT_PAUSE = 100;
/** Milliseconds for which what is to wait anyway gathers here: it then goes to Redis as one job. */
const GATHER = 250;
/** Milliseconds between two warnings, where Redis takes some jobs and others not. */
const WARN_EVERY = 10_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** BullMQ forgets a job when it ends: PostgreSQL keeps the story, and the id is free again. */
const JOB_OPTIONS = { removeOnComplete: true, removeOnFail: true, attempts: 1 } satisfies JobsOptions;

/**
 * What BullMQ carries: a row, and those that travel with it. Their truth stays in PostgreSQL: a worker of an older release
 * delivers the first and leaves the others to the sweeper.
 */
export type JobData = { id: string; more?: readonly string[] };

/** Most rows of one job. */
const MOST_ROWS = 50;

/**
 * An enqueuer that never throws and never holds its caller for longer than `patience`. It connects on first use.
 * Call it after the transaction that wrote the rows has committed.
 * @param patience milliseconds; the worker, which adds many rows at once, has more than a request
 */
export function createEnqueuer(redisUrl: string, logger: Logger, patience = PATIENCE): RedisEnqueuer {
  const client = createRedis(redisUrl, "mgs-enqueuer", patience);
  let queues: Map<QueueName, Queue<JobData>> | undefined;
  let away = false;
  let warnedAt = Number.NEGATIVE_INFINITY;
  let isFailing = false;
  /** Whether the last connection failed by an error of the network, such as ECONNREFUSED. */
  let isUnreachable = false;
  client.on("error", (error) => {
    isUnreachable = "code" in error;
  });
  client.on("close", () => {
    away = true;
  });
  client.on("ready", () => {
    away = false;
  });

  function queueOf(name: QueueName): Queue<JobData> {
    queues ??= new Map();
    const known = queues.get(name);
    if (known) return known;
    const queue = new Queue<JobData>(name, { connection: client as ConnectionOptions, skipMetasUpdate: true });
    queue.on("error", () => undefined);
    queues.set(name, queue);
    return queue;
  }

  /** A queue whose first handshake failed never recovers: the next call makes new ones. */
  async function discardQueues(): Promise<void> {
    const discarded = queues;
    queues = undefined;
    await Promise.all([...(discarded?.values() ?? [])].map((queue) => queue.close().catch(() => undefined)));
  }

  async function add(refs: readonly OutboxRef[]): Promise<void> {
    if (away) throw new Error("Redis is away");
    await untilReady(client);
    await Promise.all(
      [...Map.groupBy(refs, (ref) => ref.queue)].map(([name, group]) =>
        queueOf(name).addBulk(
          together(group).map(([ref, ...more]) => ({
            name,
            data: { id: ref.id, ...(more.length > 0 ? { more: more.map(({ id }) => id) } : {}) },
            opts: {
              ...JOB_OPTIONS,
              jobId: jobId(ref),
              ...(ref.delay ? { delay: ref.delay } : {}),
              ...(ref.urgent ? { lifo: true } : {}),
            },
          })),
        ),
      ),
    );
  }

  /** What comes while Redis is being told goes with the next command. */
  const addTogether = createBatcher(
    async (calls: readonly (readonly OutboxRef[])[]) => {
      await add(calls.flat());
      return calls.map((): PromiseSettledResult<void> => ({ status: "fulfilled", value: undefined }));
    },
    { maxBatchSize: 64, maxWaitMs: patience, maxConcurrency: 8 },
  );
  const underWay = new Set<Promise<void>>();

  /** Behind the caller's back: a slow first command must not leave a sign-out to the sweeper. The job id keeps it one. */
  function tryAgain(refs: readonly OutboxRef[], left: number): void {
    const again = () => add(refs).catch(() => (left > 1 ? tryAgain(refs, left - 1) : undefined));
    setTimeout(again, URGENT_PAUSE).unref();
  }

  let gathered: OutboxRef[] = [];
  let gathering: NodeJS.Timeout | undefined;

  /** A crash in the meantime leaves its rows to the sweeper, as any crash after a commit does. */
  function gather(refs: readonly OutboxRef[]): void {
    gathered.push(...refs);
    gathering ??= setTimeout(() => void tellGathered(), GATHER);
  }

  async function tellGathered(): Promise<void> {
    clearTimeout(gathering);
    gathering = undefined;
    const refs = gathered.map((ref) => ({ ...ref, delay: (ref.delay ?? 0) - GATHER }));
    gathered = [];
    await tell(refs);
  }

  async function tell(refs: readonly OutboxRef[]): Promise<boolean> {
    if (refs.length === 0) return true;
    const told = within(patience, addTogether(refs));
    underWay.add(told);
    try {
      await told;
      if (isFailing) logger.info("Redis takes jobs again");
      isFailing = false;
      return true;
    } catch (error) {
      void discardQueues();
      const urgent = refs.filter((ref) => ref.urgent);
      if (urgent.length > 0) tryAgain(urgent, URGENT_TRIES);
      if (isFailing || performance.now() - warnedAt < WARN_EVERY) return false;
      isFailing = true;
      warnedAt = performance.now();
      const reason = error instanceof Error ? error.message : "unknown";
      logger.warn({ rows: refs.length, reason }, "not enqueued: the sweeper will");
      return false;
    } finally {
      underWay.delete(told);
    }
  }

  return {
    async connect() {
      const deadline = performance.now() + CONNECT_TIMEOUT_MS;
      while (performance.now() < deadline) {
        try {
          await untilReady(client);
          await Promise.all(QUEUES.map((name) => queueOf(name).waitUntilReady()));
          return;
        } catch {
          await discardQueues();
          if (isUnreachable) return;
        }
      }
    },
    async enqueue(refs) {
      const canWait = (ref: OutboxRef) => ref.delay !== undefined && ref.delay >= 2 * GATHER;
      if (refs.some(canWait)) gather(refs.filter(canWait));
      return tell(refs.filter((ref) => !canWait(ref)));
    },
    async close() {
      await tellGathered();
      // Callers need not wait for what they enqueue; each ends by itself within the patience.
      await Promise.allSettled(underWay);
      await discardQueues();
      client.disconnect();
    },
  };
}

/**
 * The rows of each job. First attempts that wait for the same time share one, since a job costs Redis and both its ends
 * more than a row does. What is to be delivered now goes by itself: workers share it out, and the sweeper, which offers
 * a row again and again, is told from its id that the job is there.
 */
function together(refs: readonly OutboxRef[]): [OutboxRef, ...OutboxRef[]][] {
  const jobs: [OutboxRef, ...OutboxRef[]][] = [];
  const open = new Map<number, [OutboxRef, ...OutboxRef[]]>();
  for (const ref of refs) {
    const shared = ref.delay && !ref.attempts ? open.get(ref.delay) : undefined;
    if (shared && shared.length < MOST_ROWS) {
      shared.push(ref);
      continue;
    }
    const job: [OutboxRef, ...OutboxRef[]] = [ref];
    jobs.push(job);
    if (ref.delay && !ref.attempts) open.set(ref.delay, job);
  }
  return jobs;
}

/**
 * BullMQ ignores an id that it still holds. So the same attempt enqueued twice is one job, and a later attempt is
 * another one: a job left active by a killed worker cannot stand in its way.
 */
function jobId(ref: OutboxRef): string {
  return ref.attempts ? `${ref.id}-${ref.attempts}` : ref.id;
}
