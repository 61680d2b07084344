import { randomUUID } from "node:crypto";
import { startRedisPair } from "@mgs/jobs/testing/redis-pair";
import { expect, it, onTestFinished, vi } from "vitest";
import { RawClient } from "../../testing/raw-client";
import { startReplicas, type TestReplica } from "../../testing/start-replicas";

const member = (id: string) => JSON.stringify({ user_id: id, user_info: { name: id } });
const SOON = { timeout: 60_000 };

async function users(replica: TestReplica): Promise<string[]> {
  const response = await replica.publisher.get({ path: "/channels/presence-room/users" });
  const body = (await response.json()) as { users: { id: string }[] };
  return body.users.map(({ id }) => id).sort();
}

it("events and presence go on when Redis fails over and the old primary stays up as a replica", async () => {
  const redis = await startRedisPair();
  onTestFinished(() => redis.stop());
  const [one, two] = await startReplicas(2, { url: redis.url });
  const [a, b] = [await RawClient.connect(one.port), await RawClient.connect(two.port)];
  await a.join("presence-room", member("a"));
  await b.join("presence-room", member("b"));
  await vi.waitFor(async () => expect(await users(one)).toEqual(["a", "b"]), SOON);

  await redis.failOver();

  const failedOver = performance.now();
  await vi.waitFor(async () => {
    const probe = `probe ${randomUUID()}`;
    await one.publisher.trigger("presence-room", probe, {});
    await vi.waitFor(() => expect(b.received.some(({ event }) => event === probe)).toBe(true), { timeout: 300 });
  }, SOON);
  const c = await RawClient.connect(two.port);
  await c.join("presence-room", member("c"));
  await vi.waitFor(async () => expect(await users(one)).toEqual(["a", "b", "c"]), SOON);
  expect(performance.now() - failedOver).toBeLessThan(15_000);
  await vi.waitFor(() => expect(Object.keys(redis.address.counts())).toEqual([String(redis.replica.port)]), SOON);
  // That it was lost, and that it is away where that was tried before the new one took writes.
  for (const replica of [one, two]) expect(replica.warnings.length, replica.warnings.join("")).toBeLessThanOrEqual(4);
});
