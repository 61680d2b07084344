import { randomUUID } from "node:crypto";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { Actor } from "@mgs/core/actor";
import { createRedis } from "@mgs/jobs/redis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createSendLimiter, type SendLimiter } from "./send-limiter";
import { sendNotification } from "./send-notification";
import { createFixture, type Fixture, message } from "./testing/fixture";
import { refuseToWrite } from "./testing/refuse-to-write";

const redisUrl = process.env.MGS_TEST_REDIS_URL ?? "";
const limits = { user: 3, client: 5 };
/** Long, so that a limiter on a busy machine does not fall back to memory where a test checks Redis. */
const LONG_TIMEOUT_MS = 20_000;
const redis = createRedis(redisUrl, "test", LONG_TIMEOUT_MS);
const open: SendLimiter[] = [];
let fixture: Fixture;

beforeAll(async () => {
  await redis.connect();
  fixture = await createFixture();
});
afterEach(() => {
  for (const limiter of open.splice(0)) limiter.close();
});
afterAll(async () => {
  redis.disconnect();
  await fixture.test.drop();
});

const someone = (): Actor => ({ kind: "client", clientId: `erp-${randomUUID()}`, scopes: ["notifications:send"] });
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { code?: string; retryAfter?: number }) => ({ code: error.code, retryAfter: error.retryAfter }),
  );

/** Creates a limiter and waits until it is connected to Redis. */
async function connected(url = redisUrl, points = limits, patience = LONG_TIMEOUT_MS): Promise<SendLimiter> {
  const limiter = createSendLimiter(url, points, patience);
  open.push(limiter);
  await expect
    .poll(async () => {
      const probe = `probe-${randomUUID()}`;
      await (await limiter.take({ kind: "client", clientId: probe, scopes: [] }))();
      return redis.exists(`mgs:send:client:client:${probe}`);
    })
    .toBe(1);
  return limiter;
}

describe("the send limit", () => {
  it("counts accepted sends alone, over all processes, and answers when to retry", async () => {
    const [one, two] = [await connected(), await connected()];
    const { deps } = fixture;
    const actor = someone();
    const send = (limiter: SendLimiter, input: unknown, idempotencyKey?: string) =>
      outcome(sendNotification({ ...deps, limiter }, actor, input, { idempotencyKey }));
    for (let index = 0; index < 4; index++) expect(await send(index % 2 ? one : two, message)).toBe("accepted");
    for (let index = 0; index < 10; index++) {
      expect(await send(one, { ...message, titre: "" })).toMatchObject({ code: "VALIDATION_ERROR" });
      expect(await send(two, { ...message, user_id: 999 })).toMatchObject({ code: "USER_NOT_FOUND" });
    }
    expect(await send(one, message, "fifth")).toBe("accepted");
    const refusal = await send(two, message);
    expect(refusal).toMatchObject({ code: "RATE_LIMITED" });
    expect(refusal).toHaveProperty(
      "retryAfter",
      expect.toSatisfy((s: number) => s >= 1 && s <= 60),
    );
    expect(await send(one, message, "fifth")).toBe("accepted");
    const rows = await deps.database.notification.count({
      where: { source: actor.kind === "client" ? actor.clientId : "" },
    });
    expect(rows).toBe(5);
  });

  it("gives the point back when the write fails, and takes none for a refusal", async () => {
    const limiter = await connected();
    const actor = someone();
    await refuseToWrite(fixture.deps.database, "disk full");
    for (let index = 0; index < 8; index++)
      await expect(
        sendNotification({ ...fixture.deps, limiter }, actor, { ...message, titre: "disk full" }),
      ).rejects.toThrow("disk full");
    const returnPoints = await Promise.all(Array.from({ length: 5 }, () => limiter.take(actor)));
    for (let index = 0; index < 4; index++) await expect(limiter.take(actor)).rejects.toThrow("RATE_LIMITED");
    await returnPoints[0]?.();
    await expect(limiter.take(actor)).resolves.toBeTypeOf("function");
    await expect(limiter.take(actor)).rejects.toThrow("RATE_LIMITED");
  });

  it("drops a point that comes back after its window has ended", async () => {
    const limiter = await connected();
    const actor = someone();
    const back = await limiter.take(actor);
    const key = (await redis.keys(`mgs:send:client:client:${actor.kind === "client" && actor.clientId}`))[0] ?? "";
    await redis.del(key);
    await back();
    expect(await redis.exists(key)).toBe(0);
  });

  it("accepts exactly the limit of concurrent sends", async () => {
    const limiter = await connected();
    const actor = someone();
    const results = await Promise.all(Array.from({ length: 40 }, () => outcome(limiter.take(actor))));
    expect(results.filter((result) => result === "accepted")).toHaveLength(5);
  });

  it("never exceeds a limit that two processes consume in blocks, and grants nearly all of it", async () => {
    const large = { user: 3, client: 1_000 };
    const both = [await connected(redisUrl, large), await connected(redisUrl, large)];
    const actor = someone();
    const results = await Promise.all(
      Array.from({ length: 1_400 }, (_, index) => outcome(both[index % 2]?.take(actor) ?? Promise.reject())),
    );
    const accepted = results.filter((result) => result === "accepted").length;
    expect(accepted).toBeGreaterThan(980);
    expect(accepted).toBeLessThanOrEqual(1_000);
    expect(results.find((result) => result !== "accepted")).toMatchObject({ code: "RATE_LIMITED" });
  });

  it("returns a point to the block that it came from", async () => {
    const limiter = await connected(redisUrl, { user: 3, client: 400 });
    const actor = someone();
    const returnPoints = await Promise.all(Array.from({ length: 400 }, () => limiter.take(actor)));
    await expect(limiter.take(actor)).rejects.toThrow("RATE_LIMITED");
    await returnPoints[7]?.();
    await limiter.take(actor);
    await expect(limiter.take(actor)).rejects.toThrow("RATE_LIMITED");
  });

  it("does not limit our own system", async () => {
    const limiter = await connected();
    for (let index = 0; index < 20; index++) await limiter.take({ kind: "system", name: "cli" });
  });

  it("is 60 per minute for a person by default", async () => {
    // The count is one, whether Redis answers or not.
    const limiter = createSendLimiter("redis://127.0.0.1:1");
    open.push(limiter);
    const person: Actor = {
      ...{ kind: "user", userId: 1, role: "commercial", locale: "fr" },
      ...{ userSessionId: randomUUID(), clientId: "commercial", scopes: ["notifications:send"] },
    };
    const results = await Promise.all(Array.from({ length: 70 }, () => outcome(limiter.take(person))));
    expect(results.filter((result) => result === "accepted")).toHaveLength(60);
  });

  it("counts in memory when Redis is unreachable from the start", async () => {
    const limiter = createSendLimiter("redis://127.0.0.1:1", limits);
    open.push(limiter);
    const actor = someone();
    for (let index = 0; index < 5; index++) await limiter.take(actor);
    expect(await outcome(limiter.take(actor))).toMatchObject({ code: "RATE_LIMITED" });
  });

  it("counts in memory soon after Redis stops answering", async () => {
    const proxy = await startProxy(new URL(redisUrl));
    try {
      const url = new URL(redisUrl);
      url.port = String(proxy.port);
      const limiter = await connected(url.href, limits, 200);
      proxy.stall();
      const actor = someone();
      const started = performance.now();
      await limiter.take(actor);
      // Redis itself will not answer for as long as the test runs.
      expect(performance.now() - started).toBeLessThan(10_000);
      await Promise.all(Array.from({ length: 4 }, () => limiter.take(actor)));
      expect(await outcome(limiter.take(actor))).toMatchObject({ code: "RATE_LIMITED" });
    } finally {
      proxy.close();
    }
  });
});

/** A proxy to Redis that can stop forwarding without closing its connections. */
async function startProxy(target: URL): Promise<{ port: number; stall(): void; close(): void }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const upstream = connect(Number(target.port), target.hostname);
    sockets.push(socket, upstream);
    for (const side of [socket, upstream]) side.on("error", () => undefined);
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stall: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
