import type { Actor, UserActor } from "@mgs/core/actor";
import { createSealer } from "@mgs/core/crypto";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { createRedis } from "@mgs/jobs/redis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCodeLimiter } from "../second-factor/code-limiter";
import { signIn } from "../sign-in";
import { createSignInLimiter } from "../sign-in-limiter";
import { findLockoutOf, releaseLockout } from "./release-lockout";

const SYSTEM: Actor = { kind: "system", name: "test" };
const stranger: UserActor = {
  ...{ kind: "user", userId: 2, role: "commercial", locale: "fr", userSessionId: "s", clientId: "commercial" },
  ...{ portals: ["commercial"], permissions: [], scopes: [] },
};

const sealer = createSealer(Buffer.alloc(32, 7).toString("base64"));

/** A busy machine must not make a command give up. */
const COMMAND_TIMEOUT_MS = 20_000;

let test: TestDatabase;
let redis: ReturnType<typeof createRedis>;
beforeAll(async () => {
  test = await createTestDatabase();
  redis = createRedis(process.env.MGS_TEST_REDIS_URL ?? "", "release-lockout", COMMAND_TIMEOUT_MS);
  await redis.connect();
});
afterAll(async () => {
  redis.disconnect();
  await test.drop();
});
beforeEach(() => test.database.user.deleteMany());

describe.each([
  ["counted by Redis", () => createSignInLimiter(redis), () => createCodeLimiter(redis)],
  ["counted by the process", () => createSignInLimiter(null), () => createCodeLimiter(null)],
])("a lockout %s", (_name, create, createCodes) => {
  it("is seen and released by an administrator, with an entry in the trail", async () => {
    const limiter = create();
    const email = `${crypto.randomUUID()}@mgs.mg`;
    const { id: userId } = await test.database.user.create({
      data: { email, name: "P", role: "commercial", passwordHash: "-" },
    });
    const codeLimiter = createCodeLimiter(null);
    const deps = { database: test.database, limiter, codeLimiter };
    const fail = async (ip: string) => (await limiter.begin({ email, ip, knownDevice: null })).failed();
    expect(await findLockoutOf(deps, SYSTEM, { userId })).toBeNull();
    const outcomes = [];
    for (let n = 0; n < 5; n++) outcomes.push((await fail("198.51.100.1")).isLast);
    expect(outcomes).toEqual([false, false, false, false, true]);
    await expect(fail("198.51.100.1")).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
    const lockout = await findLockoutOf(deps, SYSTEM, { userId });
    expect(lockout).toMatchObject({ everywhere: false });
    expect(lockout?.retryAfter).toBeGreaterThan(290);
    for (const attempt of [releaseLockout, findLockoutOf])
      await expect(attempt(deps, stranger, { userId })).rejects.toMatchObject({ code: "FORBIDDEN" });
    const code = { userId, ip: "198.51.100.1", knownDevice: "their browser" };
    for (let n = 0; n < 5; n++) await (await codeLimiter.begin(code)).failed();
    await expect(codeLimiter.begin(code)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
    expect(await releaseLockout(deps, SYSTEM, { userId })).toEqual({ released: true });
    await (await codeLimiter.begin(code)).withdrawn();
    expect(await findLockoutOf(deps, SYSTEM, { userId })).toBeNull();
    await fail("198.51.100.1");
    const trail = await test.database.auditEvent.findMany({ where: { userId } });
    expect(trail.map(({ action }) => action)).toEqual(["user.lockout-released"]);
    await expect(releaseLockout(deps, SYSTEM, { userId: 0 })).rejects.toMatchObject({ code: "USER_NOT_FOUND" });
  });

  it("of wrong codes alone is seen and released as one of wrong passwords", async () => {
    const email = `${crypto.randomUUID()}@mgs.mg`;
    const { id: userId } = await test.database.user.create({
      data: { email, name: "P", role: "commercial", passwordHash: "-" },
    });
    const deps = { database: test.database, limiter: create(), codeLimiter: createCodes() };
    const code = { userId, ip: "198.51.100.3", knownDevice: null };
    for (let n = 0; n < 4; n++) await (await deps.codeLimiter.begin(code)).failed();
    expect(await findLockoutOf(deps, SYSTEM, { userId })).toBeNull();
    await (await deps.codeLimiter.begin(code)).failed();
    const lockout = await findLockoutOf(deps, SYSTEM, { userId });
    expect(lockout).toMatchObject({ everywhere: false });
    expect(lockout?.retryAfter).toBeGreaterThan(290);
    expect(await releaseLockout(deps, SYSTEM, { userId })).toEqual({ released: true });
    expect(await findLockoutOf(deps, SYSTEM, { userId })).toBeNull();
    expect(await releaseLockout(deps, SYSTEM, { userId })).toEqual({ released: false });
    await (await deps.codeLimiter.begin(code)).withdrawn();
  });

  it("is written down for the list of people by the sign-in that locks, and no more once it is released", async () => {
    const limiter = create();
    const email = `${crypto.randomUUID()}@mgs.mg`;
    const { id: userId } = await test.database.user.create({
      data: { email, name: "P", role: "commercial", passwordHash: "-" },
    });
    const deps = { database: test.database, limiter, codeLimiter: createCodeLimiter(null), sealer };
    const lockedUntil = async () =>
      (await test.database.user.findUniqueOrThrow({ where: { id: userId } })).lockedUntil?.getTime();
    const fail = (ip: string) => signIn(deps, { email, password: "not it", ip });
    for (let n = 0; n < 4; n++)
      await expect(fail("198.51.100.2")).rejects.toMatchObject({ code: "INVALID_CREDENTIALS" });
    expect(await lockedUntil()).toBeUndefined();
    await expect(fail("198.51.100.2")).rejects.toMatchObject({ code: "INVALID_CREDENTIALS" });
    const { retryAfter = 0 } = (await findLockoutOf(deps, SYSTEM, { userId })) ?? {};
    expect(Math.abs(((await lockedUntil()) ?? 0) - Date.now() - retryAfter * 1_000)).toBeLessThan(5_000);
    await expect(fail("198.51.100.2")).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
    await releaseLockout(deps, SYSTEM, { userId });
    expect(await lockedUntil()).toBeUndefined();
  });
});
