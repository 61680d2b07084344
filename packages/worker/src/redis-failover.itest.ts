import { createLogger } from "@mgs/core/logger";
import { startTestSmtp, type TestSmtp } from "@mgs/email/testing/smtp-server";
import { createEnqueuer, type RedisEnqueuer } from "@mgs/jobs/enqueuer";
import { type RedisPair, startRedisPair } from "@mgs/jobs/testing/redis-pair";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readEnv } from "./env";
import { countStates, createStage, type Stage } from "./testing/stage";
import { startWorker } from "./worker";

let stage: Stage;
let smtp: TestSmtp;
let redis: RedisPair;
let enqueuer: RedisEnqueuer;
let lines: string[];
const atEnd: (() => unknown)[] = [];

beforeEach(async () => {
  lines = [];
  stage = await createStage();
  smtp = await startTestSmtp();
  redis = await startRedisPair();
  const { url } = redis;
  const logger = createLogger("test", "info", { write: (line) => void lines.push(line) });
  enqueuer = createEnqueuer(url, logger);
  await enqueuer.connect();
  const worker = await startWorker(readEnv({ ...stage.environment(smtp.url), REDIS_URL: url }), { logger });
  atEnd.push(
    () => stage.close(),
    () => smtp.close(),
    () => redis.stop(),
    () => enqueuer.close(),
    () => worker.close(),
  );
});
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

const whenSent = (count: number) =>
  expect.poll(() => countStates(stage), { timeout: 60_000, interval: 100 }).toEqual({ sent: count });
const linesOf = (level: number) => lines.map((line) => JSON.parse(line)).filter((line) => line.level >= level);

it("delivers mails and broadcasts when Redis fails over and the old primary stays up as a replica", async () => {
  await enqueuer.enqueue(await stage.accept(1));
  await whenSent(2);
  const { address, primary, replica } = redis;
  expect(Object.keys(address.counts())).toEqual([String(primary.port)]);

  await redis.failOver();
  const failedOver = performance.now();
  for (let count = 0; count < 5; count++) await enqueuer.enqueue(await stage.accept(1));
  await whenSent(12);
  expect(performance.now() - failedOver).toBeLessThan(15_000);

  // Every connection has moved to the new primary, which takes jobs again.
  await expect.poll(async () => enqueuer.enqueue(await stage.accept(1)), { timeout: 60_000 }).toBe(true);
  await expect.poll(() => Object.keys(address.counts()), { timeout: 60_000 }).toEqual([String(replica.port)]);
  await expect.poll(async () => (await countStates(stage)).pending, { timeout: 60_000 }).toBeUndefined();
  expect(linesOf(40).length, lines.join("")).toBeLessThanOrEqual(4);
});

it("delivers with PostgreSQL alone while Redis refuses writes, and while Redis is away", async () => {
  // Without a failover the demoted primary refuses every write.
  await redis.demote();
  expect(await enqueuer.enqueue(await stage.accept(3))).toBe(false);
  await whenSent(6);
  await redis.primary.stop();
  expect(await enqueuer.enqueue(await stage.accept(3))).toBe(false);
  await whenSent(12);
  expect(smtp.mails).toHaveLength(6);
  expect(linesOf(40).length, lines.join("")).toBeLessThanOrEqual(4);
});
