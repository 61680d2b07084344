import { randomUUID } from "node:crypto";
import { createRedis } from "@mgs/jobs/redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AttemptCounters, AttemptLimit } from "./attempt-counters";
import { createRedisAttemptCounters, type ScriptRunner } from "./redis-attempt-counters";
import { createSignInLimiter, DEFAULT_SIGN_IN_LIMITS } from "./sign-in-limiter";

/** Milliseconds: a busy machine must not make a command give up. */
const COMMAND_TIMEOUT_MS = 20_000;
const redis = createRedis(process.env.MGS_TEST_REDIS_URL ?? "", "test", COMMAND_TIMEOUT_MS);
const prefix = `test:${randomUUID()}:`;
/** Of another process than the first. */
const [here, there] = [createRedisAttemptCounters(redis, prefix), createRedisAttemptCounters(redis, prefix)];

beforeAll(() => redis.connect());
afterAll(() => redis.disconnect());

const fixed = (): AttemptLimit => ({ key: randomUUID(), failures: 2, windowMs: 600_000 });
const growing = (): AttemptLimit => ({ ...fixed(), windowMs: 900_000, delay: { firstMs: 60_000, maxMs: 300_000 } });

async function fail(counters: AttemptCounters, ...limits: AttemptLimit[]): Promise<void> {
  const admission = await counters.admit(limits);
  if (typeof admission !== "object") throw new Error(`not admitted: ${admission}`);
  await admission.settle("failed");
}

describe("counters that processes share", () => {
  it("refuse by the failures of all, until the window that began with the first ends", async () => {
    const limit = fixed();
    await fail(here, limit);
    await redis.pexpire(`${prefix}${limit.key}`, 300_000);
    await fail(there, limit);
    const wait = await here.admit([limit]);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(300_000);
    await redis.del(`${prefix}${limit.key}`);
    await fail(there, limit);
    expect(await redis.pttl(`${prefix}${limit.key}`)).toBeGreaterThan(300_000);
  });

  it("delay by twice as much with each failure over the limit, up to a bound", async () => {
    const limit = growing();
    await fail(here, limit);
    const delays: number[] = [];
    for (let n = 0; n < 5; n++) {
      await fail(here, limit);
      delays.push(Number(await there.admit([limit])));
      await redis.del(`${prefix}${limit.key}:delay`);
    }
    const bounds = [60_000, 120_000, 240_000, 300_000, 300_000];
    // Never more than the delay, and more than the one before: some of it has passed.
    for (const [n, bound] of bounds.entries()) expect(delays[n]).toBeLessThanOrEqual(bound);
    for (const [n, bound] of bounds.slice(0, 3).entries()) expect(delays[n + 1]).toBeGreaterThan(bound);
  });

  it("let one through at a time once a delay is over", async () => {
    const limit = growing();
    await fail(here, limit);
    await fail(here, limit);
    await redis.del(`${prefix}${limit.key}:delay`);
    const first = await here.admit([limit]);
    expect(await there.admit([limit])).toBe("busy");
    if (typeof first === "object") await first.settle("withdrawn");
    expect(await there.admit([limit])).toMatchObject({});
  });

  it("count attempts under way, wherever, until they are settled or their lease ends", async () => {
    const limit = fixed();
    const first = await here.admit([limit]);
    await there.admit([limit]);
    expect(await here.admit([limit])).toBe("busy");
    if (typeof first === "object") await first.settle("withdrawn");
    expect(await there.admit([limit])).toMatchObject({});
    expect(await here.admit([limit])).toBe("busy");
    const [oldest = ""] = await redis.zrange(`${prefix}${limit.key}:under-way`, "0", "0");
    await redis.zadd(`${prefix}${limit.key}:under-way`, "1", oldest);
    expect(await here.admit([limit])).toMatchObject({});
  });

  it("leave no attempt under way that a slow Redis took although nobody waited for its answer", async () => {
    const limit = fixed();
    const slow: ScriptRunner = {
      async eval(...call) {
        await redis.eval(...call);
        throw new Error("Command timed out");
      },
      del: (...keys) => redis.del(...keys),
    };
    const counters = createRedisAttemptCounters(slow, prefix);
    for (let n = 0; n < 5; n++) await expect(counters.admit([limit])).rejects.toThrow("timed out");
    await expect.poll(() => redis.zcard(`${prefix}${limit.key}:under-way`)).toBe(0);
  });

  it("take all limits of an attempt or none, and forget one key alone", async () => {
    const [first, second] = [fixed(), growing()];
    await fail(here, first, second);
    await fail(here, second);
    expect(await there.admit([first, second])).toBeGreaterThan(0);
    expect(await there.admit([first])).toMatchObject({});
    expect(await there.admit([first])).toBe("busy");
    await here.forget(second.key);
    expect(await there.admit([second])).toMatchObject({});
  });
});

describe("sign-ins of one account from one address by several processes", () => {
  const account = () => ({ email: `${randomUUID()}@mgs.mg`, ip: "10.9.0.1", knownDevice: null });
  const limiters = [createSignInLimiter(redis), createSignInLimiter(redis)];

  it("with the right password all pass at once", async () => {
    const candidate = account();
    await Promise.all(
      Array.from({ length: 24 }, async (_, n) => (await limiters[n % 2]?.begin(candidate))?.succeeded()),
    );
  });

  it("with wrong passwords are no more guesses than one by one", async () => {
    const candidate = account();
    const looked = await Promise.allSettled(
      Array.from({ length: 24 }, async (_, n) => (await limiters[n % 2]?.begin(candidate))?.failed()),
    );
    const through = looked.filter(({ status }) => status === "fulfilled");
    expect(through.length).toBe(DEFAULT_SIGN_IN_LIMITS.pair);
  });

  it("are counted by each process for itself while Redis is away", async () => {
    const away = createRedis("redis://127.0.0.1:1", "test-away", 100);
    const limiter = createSignInLimiter(away);
    const candidate = account();
    for (let n = 0; n < DEFAULT_SIGN_IN_LIMITS.pair; n++) await (await limiter.begin(candidate)).failed();
    await expect(limiter.begin(candidate)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
    await (await limiter.begin({ ...candidate, knownDevice: "theirs" })).succeeded();
    away.disconnect();
  });
});
