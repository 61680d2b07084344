import { createLogger } from "@mgs/core/logger";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEnqueuer, type Enqueuer } from "./enqueuer";
import { createTestRedis, type TestRedis } from "./testing/redis-server";

const logger = createLogger("test", "silent");
const ref = (id: string) => ({ id, queue: "emails" as const });
let redis: TestRedis;
let enqueuer: Enqueuer;

beforeEach(async () => {
  redis = await createTestRedis();
  enqueuer = createEnqueuer(redis.url, logger);
});
afterEach(async () => {
  await enqueuer.close();
  await redis.stop();
});

async function jobIds(): Promise<string[]> {
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  const queue = new Queue("emails", { connection });
  const jobs = await queue.getJobs(["waiting", "delayed"]);
  await queue.close();
  connection.disconnect();
  return jobs.map((job) => String(job.id)).sort();
}

/** Milliseconds: above its 200 on the slowest machine, and below what a Redis that is waited for would take. */
const AT_ONCE = 8_000;

const timed = async (work: Promise<void>): Promise<number> => {
  const start = performance.now();
  await work;
  return performance.now() - start;
};

describe("the enqueuer", () => {
  it("makes one job of an attempt, however often it is enqueued, and another of the next", async () => {
    await redis.start();
    const patient = createEnqueuer(redis.url, logger, 5_000);
    await patient.enqueue([ref("a"), ref("b")]);
    await patient.enqueue([ref("a")]);
    await patient.enqueue([{ ...ref("a"), attempts: 1, delay: 60_000 }]);
    await patient.close();
    expect(await jobIds()).toEqual(["a", "a-1", "b"]);
  });

  it("tells what is to wait a little later, and nothing is forgotten by its close", async () => {
    await redis.start();
    const patient = createEnqueuer(redis.url, logger, 5_000);
    for (const id of ["a", "b"]) await patient.enqueue([{ ...ref(id), delay: 60_000 }]);
    await expect.poll(jobIds).toEqual(["a", "b"]);
    await patient.enqueue([{ ...ref("c"), delay: 60_000 }]);
    await patient.close();
    expect(await jobIds()).toEqual(["a", "b", "c"]);
  });

  it("gives up at once while Redis is away, and never throws", async () => {
    expect(await timed(enqueuer.enqueue([ref("a")]))).toBeLessThan(AT_ONCE);
    // One after the other they would take 10 s.
    const rest = await Promise.all(Array.from({ length: 50 }, () => timed(enqueuer.enqueue([ref("a")]))));
    expect(Math.max(...rest)).toBeLessThan(AT_ONCE);
  });

  it("gives up on a Redis that does not answer", async () => {
    await redis.start();
    await enqueuer.enqueue([ref("a")]);
    redis.freeze();
    expect(await timed(enqueuer.enqueue([ref("b")]))).toBeLessThan(AT_ONCE);
    redis.thaw();
  });

  it("tries what is urgent again behind its caller's back", async () => {
    await redis.start();
    const admin = new Redis(redis.url);
    // Its first connection is not answered in time, as on a busy machine: nothing has been sent yet.
    await admin.call("CLIENT", "PAUSE", "450", "ALL");
    await enqueuer.enqueue([{ ...ref("sign-out"), urgent: true }]);
    await expect.poll(jobIds, { timeout: 10_000 }).toContain("sign-out");
    admin.disconnect();
  });

  it("works again once Redis is back, without what it had held", async () => {
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
