import { createLogger } from "@mgs/core/logger";
import { createEnqueuer } from "@mgs/jobs/enqueuer";
import { createTestRedis, type TestRedis } from "@mgs/jobs/testing/redis-server";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Consumption, consume } from "./consume";

const logger = createLogger("test", "silent");
let redis: TestRedis;
let consumption: Consumption;
/** Deliveries under way, by row; each ends when it is told to. */
let underWay: Map<string, () => void>;

beforeEach(async () => {
  redis = await createTestRedis();
  await redis.start();
  underWay = new Map();
  const enqueuer = createEnqueuer(redis.url, logger, 5_000);
  const deliver = (id: string) => new Promise<void>((resolve) => underWay.set(id, resolve));
  consumption = consume(deliver, { redisUrl: redis.url, logger, enqueuer, concurrency: 2, mailsPerSecond: undefined });
  // One job: what waits for the same time travels together.
  await enqueuer.enqueue(["a", "b", "c", "d"].map((id) => ({ id, queue: "emails", delay: 500 })));
  await enqueuer.close();
});
afterEach(async () => {
  await consumption.stop(0);
  await redis.stop();
});

const begun = () => [...underWay.keys()];

it("delivers so many rows of a job side by side, and no more", async () => {
  await expect.poll(begun, { timeout: 10_000 }).toEqual(["a", "b"]);
  underWay.get("b")?.();
  await expect.poll(begun).toEqual(["a", "b", "c"]);
  underWay.get("a")?.();
  await expect.poll(begun).toEqual(["a", "b", "c", "d"]);
});

it("begins no more of a job when it stops, and waits for what is under way", async () => {
  await expect.poll(begun, { timeout: 10_000 }).toEqual(["a", "b"]);
  let stopped = false;
  const stop = consumption.stop(30_000).then(() => {
    stopped = true;
  });
  // The third was waiting for this place already.
  underWay.get("a")?.();
  await expect.poll(begun).toEqual(["a", "b", "c"]);
  underWay.get("c")?.();
  expect(stopped).toBe(false);
  underWay.get("b")?.();
  await stop;
  expect(begun()).toEqual(["a", "b", "c"]);
});
