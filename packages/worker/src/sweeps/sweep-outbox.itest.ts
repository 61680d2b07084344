import { createLogger } from "@mgs/core/logger";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { createEnqueuer, type RedisEnqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { createTestRedis, type TestRedis } from "@mgs/jobs/testing/redis-server";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { notificationEmail } from "@mgs/notifications/outbox-kinds";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Consumption, consumeQueues } from "../consume";
import { sweepOutbox } from "./sweep-outbox";

const logger = createLogger("test", "silent");
let test: TestDatabase;
let redis: TestRedis;
let admin: Redis;
let enqueuer: RedisEnqueuer;
let consumption: Consumption;
/** Deliveries by the id of their row, in the order in which they began. */
let deliveries: Map<string, Promise<unknown>>;
/** Milliseconds by which this test advances `performance.now()`. */
let advancedMs: number;

beforeEach(async () => {
  advancedMs = 0;
  deliveries = new Map();
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + advancedMs);
  [test, redis] = await Promise.all([createTestDatabase(), createTestRedis()]);
  await redis.start();
  admin = new Redis(redis.url);
  enqueuer = createEnqueuer(redis.url, logger, 5_000);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await consumption.stop(0);
  await enqueuer.close();
  admin.disconnect();
  await redis.stop();
  await test.drop();
});

/** Starts a worker to which Redis refuses the commands that fetch a job. */
async function consumeWithoutJobs(): Promise<void> {
  await admin.acl("SETUSER", "reader", "on", ">secret", "~*", "&*", "+@all", "-eval", "-evalsha");
  const url = new URL(redis.url);
  url.username = "reader";
  url.password = "secret";
  const deliver = async (id: string) => {
    const delivery = test.database.outbox.update({ where: { id }, data: { state: "sent" } }).then(() => undefined);
    deliveries.set(id, delivery);
    await delivery;
  };
  consumption = consumeQueues(deliver, {
    redisUrl: url.href,
    logger,
    enqueuer,
    concurrency: 2,
    mailsPerSecond: undefined,
  });
}

/** Inserts a mail that is a minute overdue, without enqueuing it. */
async function insertOverdueMail(): Promise<string> {
  const [ref] = await insertOutbox(test.database, [notificationEmail.row({ payload: {} })]);
  if (!ref) throw new Error("nothing was written");
  await test.database.outbox.update({ where: { id: ref.id }, data: { availableAt: new Date(Date.now() - 60_000) } });
  return ref.id;
}

const sweep = () => sweepOutbox({ database: test.database, enqueuer } as unknown as WorkerDeps, consumption);
const delivered = async () => {
  await Promise.all(deliveries.values());
  return [...deliveries.keys()];
};
const jobs = () => admin.keys("bull:emails:*-*-*-*-*");

it("delivers rows directly when Redis takes their jobs but returns none for 10 s", async () => {
  await consumeWithoutJobs();
  const first = await insertOverdueMail();
  await sweep();
  expect(await jobs()).toEqual([`bull:emails:${first}`]);
  expect(await delivered()).toEqual([]);

  advancedMs += 10_001;
  await sweep();
  expect(await delivered()).toEqual([first]);

  // A delivery has just begun, so Redis has another ten seconds to return jobs.
  const second = await insertOverdueMail();
  await sweep();
  expect(await delivered()).toEqual([first]);
  advancedMs += 10_001;
  await sweep();
  expect(await delivered()).toEqual([first, second]);
});
