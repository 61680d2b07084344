import { createLogger } from "@mgs/core/logger";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEnqueuer, type JobData, type RedisEnqueuer } from "./enqueuer";
import { createTestRedis, type TestRedis } from "./testing/redis-server";

const logger = createLogger("test", "silent");
const ref = (id: string) => ({ id, queue: "emails" as const });
let redis: TestRedis;
let enqueuer: RedisEnqueuer;

beforeEach(async () => {
  redis = await createTestRedis();
  enqueuer = createEnqueuer(redis.url, logger);
});
afterEach(async () => {
  await enqueuer.close();
  await redis.stop();
});

async function jobs(): Promise<{ id: string; rows: string[] }[]> {
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  const queue = new Queue<JobData>("emails", { connection });
  const found = await queue.getJobs(["waiting", "delayed"]);
  await queue.close();
  connection.disconnect();
  return found.map(({ id, data }) => ({ id: String(id), rows: [data.id, ...(data.more ?? [])] }));
}

/** Above the enqueuer's 200 ms on the slowest machine, and below the time that waiting for Redis would take. */
const AT_ONCE_MS = 8_000;

const jobIds = async (): Promise<string[]> => (await jobs()).map(({ id }) => id).sort();

const timed = async (work: Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work;
  return performance.now() - start;
};

/** Blocks the event loop, as loading code does. */
function standStill(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

describe("the enqueuer", () => {
  it("makes one job of an attempt that is enqueued twice, and another job of the next attempt", async () => {
    await redis.start();
    const patient = createEnqueuer(redis.url, logger, 5_000);
    await patient.enqueue([ref("a"), ref("b")]);
    await patient.enqueue([ref("a")]);
    await patient.enqueue([{ ...ref("a"), attempts: 1, delayMs: 60_000 }]);
    await patient.close();
    expect(await jobIds()).toEqual(["a", "a-1", "b"]);
  });

  it("enqueues the first row although the event loop is blocked after it has connected", async () => {
    await redis.start();
    const other = createEnqueuer(redis.url, logger, 1_000);
    await other.connect();
    standStill(1_500);
    await other.enqueue([ref("first")]);
    expect(await jobIds()).toEqual(["first"]);
    await other.close();
  });

  it("connect waits for a slow handshake, and does not wait for a Redis that is away", async () => {
    await redis.start();
    const admin = new Redis(redis.url);
    await admin.call("CLIENT", "PAUSE", "1500", "ALL");
    const slow = createEnqueuer(redis.url, logger, 1_000);
    await slow.connect();
    expect(await slow.enqueue([ref("first")])).toBe(true);
    await slow.close();
    admin.disconnect();
    await redis.stop();
    expect(await timed(enqueuer.connect())).toBeLessThan(4_000);
    expect(await enqueuer.enqueue([ref("second")])).toBe(false);
  });

  it("enqueues delayed rows a little later as one job, and flushes them when it closes", async () => {
    await redis.start();
    const patient = createEnqueuer(redis.url, logger, 5_000);
    for (const id of ["a", "b"]) await patient.enqueue([{ ...ref(id), delayMs: 60_000 }]);
    await expect.poll(jobs).toEqual([{ id: "a", rows: ["a", "b"] }]);
    await patient.enqueue([{ ...ref("c"), delayMs: 60_000 }]);
    await patient.close();
    expect((await jobs()).flatMap(({ rows }) => rows).sort()).toEqual(["a", "b", "c"]);
  });

  it("limits the rows of a job, and gives further attempts jobs of their own", async () => {
    await redis.start();
    const patient = createEnqueuer(redis.url, logger, 5_000);
    const fresh = Array.from({ length: 51 }, (_, index) => ({ ...ref(`fresh-${index}`), delayMs: 60_000 }));
    await patient.enqueue([
      ...fresh,
      { ...ref("again"), attempts: 1, delayMs: 60_000 },
      { ...ref("later"), delayMs: 90_000 },
    ]);
    await patient.close();
    const sizes = (await jobs()).map(({ id, rows }) => [id, rows.length]);
    expect(Object.fromEntries(sizes)).toEqual({ "fresh-0": 50, "fresh-50": 1, "again-1": 1, later: 1 });
  });

  it("fails at once while Redis is away, and never throws", async () => {
    expect(await timed(enqueuer.enqueue([ref("a")]))).toBeLessThan(AT_ONCE_MS);
    // One after the other they would take 10 s.
    const rest = await Promise.all(Array.from({ length: 50 }, () => timed(enqueuer.enqueue([ref("a")]))));
    expect(Math.max(...rest)).toBeLessThan(AT_ONCE_MS);
  });

  it("times out when Redis does not answer", async () => {
    await redis.start();
    await enqueuer.enqueue([ref("a")]);
    redis.freeze();
    expect(await timed(enqueuer.enqueue([ref("b")]))).toBeLessThan(AT_ONCE_MS);
    redis.thaw();
  });

  it("retries urgent rows in the background", async () => {
    await redis.start();
    const admin = new Redis(redis.url);
    // Its first connection is not answered in time, as on a busy machine: nothing has been sent yet.
    await admin.call("CLIENT", "PAUSE", "450", "ALL");
    await enqueuer.enqueue([{ ...ref("sign-out"), urgent: true }]);
    await expect.poll(jobIds, { timeout: 10_000 }).toContain("sign-out");
    admin.disconnect();
  });

  it("enqueues again once Redis is back, and does not send rows that it refused before", async () => {
    await redis.start();
    const patient = createEnqueuer(redis.url, logger, 5_000);
    await patient.enqueue([ref("a")]);
    await redis.stop();
    await patient.enqueue([ref("b")]);
    await redis.start();
    await expect
      .poll(
        async () => {
          await patient.enqueue([ref("c")]);
          return jobIds();
        },
        { timeout: 10_000 },
      )
      .toContain("c");
    await patient.close();
  });
});
