import { createLogger } from "@mgs/core/logger";
import { createEnqueuer } from "@mgs/jobs/enqueuer";
import { createTestRedis, type TestRedis } from "@mgs/jobs/testing/redis-server";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Consumption, consumeQueues } from "./consume";

const logger = createLogger("test", "silent");
let redis: TestRedis;
let consumption: Consumption;
/** Ends of the deliveries under way, by the id of their row. */
let underWay: Map<string, () => void>;

beforeEach(async () => {
  redis = await createTestRedis();
  await redis.start();
  underWay = new Map();
  const enqueuer = createEnqueuer(redis.url, logger, 5_000);
  const deliver = (id: string) => new Promise<void>((resolve) => underWay.set(id, resolve));
  consumption = consumeQueues(deliver, {
    redisUrl: redis.url,
    logger,
    enqueuer,
    concurrency: 2,
    mailsPerSecond: undefined,
  });
  // Rows with the same delay share a job.
  await enqueuer.enqueue(["a", "b", "c", "d"].map((id) => ({ id, queue: "emails", delayMs: 500 })));
  await enqueuer.close();
});
afterEach(async () => {
  await consumption.stop(0);
  await redis.stop();
});

const begun = () => [...underWay.keys()];

it("delivers the rows of a job with the concurrency of the queue", async () => {
  await expect.poll(begun, { timeout: 10_000 }).toEqual(["a", "b"]);
  underWay.get("b")?.();
  await expect.poll(begun).toEqual(["a", "b", "c"]);
  underWay.get("a")?.();
  await expect.poll(begun).toEqual(["a", "b", "c", "d"]);
});

it("starts no further row of a job when it stops, and waits for deliveries under way", async () => {
  await expect.poll(begun, { timeout: 10_000 }).toEqual(["a", "b"]);
  let stopped = false;
  const stop = consumption.stop(30_000).then(() => {
    stopped = true;
  });
  // The third row waits for this place since before the stop.
  underWay.get("a")?.();
  await expect.poll(begun).toEqual(["a", "b", "c"]);
  underWay.get("c")?.();
  expect(stopped).toBe(false);
  underWay.get("b")?.();
  await stop;
  expect(begun()).toEqual(["a", "b", "c"]);
});
