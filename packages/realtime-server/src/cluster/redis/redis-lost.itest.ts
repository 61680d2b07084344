import { randomUUID } from "node:crypto";
import { createTestRedis, type TestRedis } from "@mgs/jobs/testing/redis-server";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RawClient } from "../../testing/raw-client";
import { startReplicas, type TestReplica } from "../../testing/start-replicas";

const member = (id: string) => JSON.stringify({ user_id: id, user_info: { name: id } });
const SOON = { timeout: 20_000 };
let redis: TestRedis;

beforeEach(async () => {
  redis = await createTestRedis();
});
afterEach(() => redis.stop());

const data = (message: { data?: unknown }): unknown => JSON.parse(String(message.data));
const names = (client: RawClient, part: string) =>
  client.received.map(({ event }) => event).filter((event) => event.includes(part));

async function users(replica: TestReplica, channel: string): Promise<string[]> {
  const response = await replica.publisher.get({ path: `/channels/${channel}/users` });
  const body = (await response.json()) as { users: { id: string }[] };
  return body.users.map(({ id }) => id).sort();
}

async function channels(replica: TestReplica): Promise<unknown> {
  const response = await replica.publisher.get({ path: "/channels", params: { info: "subscription_count" } });
  return ((await response.json()) as { channels: unknown }).channels;
}

/** Publishes until what one replica sends is received on the others: they are one again. */
async function untilTogether(from: TestReplica, client: RawClient): Promise<void> {
  const probe = `probe ${randomUUID()}`;
  await vi.waitFor(async () => {
    await from.publisher.trigger("private-probe", probe, {});
    await vi.waitFor(() => expect(names(client, probe)).not.toEqual([]), { timeout: 300 });
  }, SOON);
}

it("clients stay, local delivery goes on and everything is rebuilt when Redis comes back without its data", async () => {
  await redis.start();
  const [one, two] = await startReplicas(2, { url: redis.url });
  const [a, b] = [await RawClient.connect(one.port), await RawClient.connect(two.port)];
  for (const [client, id] of [
    [a, "a"],
    [b, "b"],
  ] as const) {
    await client.join("presence-room", member(id));
    await client.join("private-probe");
  }
  await redis.stop();

  const c = await RawClient.connect(one.port);
  await c.join("presence-room", member("c"));
  expect(data(await a.next("pusher_internal:member_added"))).toMatchObject({ user_id: "b" });
  expect(data(await a.next("pusher_internal:member_added"))).toMatchObject({ user_id: "c" });
  await one.publisher.trigger("presence-room", "alone", {});
  await a.next("alone");
  await c.next("alone");

  await redis.start();
  expect(data(await b.next("pusher_internal:member_added"))).toMatchObject({ user_id: "c" });
  await untilTogether(one, b);
  await untilTogether(two, a);
  await vi.waitFor(async () => {
    for (const replica of [one, two]) {
      expect(await users(replica, "presence-room")).toEqual(["a", "b", "c"]);
      expect(await channels(replica)).toEqual({
        "presence-room": { subscription_count: 3 },
        "private-probe": { subscription_count: 2 },
      });
    }
  }, SOON);
  // Removals are announced only when the other replicas have had time to publish their members.
  const d = await RawClient.connect(one.port);
  await d.join("presence-room", member("d"));
  d.ws.terminate();
  for (const client of [a, b, c]) {
    expect(data(await client.next("pusher_internal:member_removed"))).toEqual({ user_id: "d" });
  }
  for (const client of [a, b, c]) {
    expect(client.ws.readyState).toBe(client.ws.OPEN);
    expect(names(client, "member_removed")).toHaveLength(1);
  }
  expect(names(a, "member_added")).toHaveLength(3);
  expect(names(b, "member_added")).toHaveLength(2);
  for (const { raised } of [one, two]) {
    const ended = raised.filter(({ name }) => name === "member_removed" || name === "channel_vacated");
    expect(ended.filter(({ user_id }) => user_id !== "d")).toEqual([]);
  }
  const added = [...one.raised, ...two.raised].filter(({ name }) => name === "member_added");
  expect(added.map(({ user_id }) => user_id).sort()).toEqual(["a", "b", "c", "d"]);
});

it("a member who left while Redis was away is removed for all when it is back, and webhooks are sent", async () => {
  await redis.start();
  const [one, two] = await startReplicas(2, { url: redis.url });
  const [a, b] = [await RawClient.connect(one.port), await RawClient.connect(two.port)];
  await a.join("presence-room", member("a"));
  await b.join("presence-room", member("b"));
  await redis.stop();
  b.ws.terminate();
  await redis.start();
  expect(data(await a.next("pusher_internal:member_removed"))).toEqual({ user_id: "b" });
  await vi.waitFor(() => {
    const told = [...one.raised, ...two.raised].filter(({ name }) => name === "member_removed");
    expect(told).toEqual([{ name: "member_removed", channel: "presence-room", user_id: "b" }]);
  }, SOON);
  expect(await users(two, "presence-room")).toEqual(["a"]);
});

it("a Redis that does not answer delays no client, and nothing is delivered twice when it goes on", async () => {
  await redis.start();
  const [one, two] = await startReplicas(2, { url: redis.url, timings: { timeoutMs: 1_000 } });
  const [a, b] = [await RawClient.connect(one.port), await RawClient.connect(two.port)];
  await Promise.all([a.join("private-probe"), b.join("private-probe")]);
  redis.freeze();
  const started = performance.now();
  for (let index = 0; index < 20; index++) void one.publisher.trigger("private-probe", "n", index);
  const late = await RawClient.connect(one.port);
  await late.join("presence-room", member("late"));
  for (let index = 0; index < 20; index++) await a.next("n");
  expect(performance.now() - started).toBeLessThan(15_000);
  redis.thaw();
  await untilTogether(one, b);
  await untilTogether(two, a);
  await a.settled();
  expect(names(a, "n").filter((name) => name === "n")).toHaveLength(20);
  expect(b.received.filter(({ event }) => event === "n").length).toBeLessThanOrEqual(20);
});

it("a server starts, serves and joins later where Redis is not there at first", async () => {
  const [one, two] = await startReplicas(2, { url: redis.url, timings: { timeoutMs: 1_000 } });
  const [a, b] = [await RawClient.connect(one.port), await RawClient.connect(two.port)];
  await Promise.all([a.join("private-probe"), b.join("private-probe")]);
  await one.publisher.trigger("private-probe", "alone", {});
  await a.next("alone");
  await redis.start();
  await untilTogether(one, b);
  await untilTogether(two, a);
});
