import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { RawClient } from "../../testing/raw-client";
import { createRedisRelay } from "../../testing/redis-relay";
import { startReplica, startReplicas } from "../../testing/start-replicas";

it("an event that is published while a client subscribes to a cache channel reaches it once", async () => {
  const [one, two] = await startReplicas(2);
  const wrong: string[][] = [];
  for (let round = 0; round < 200; round++) {
    const channel = `cache-${round}`;
    const client = await RawClient.connect(two.port);
    client.subscribe(channel);
    await Promise.all([
      one.publisher.trigger(channel, "made", { round }),
      client.next("pusher_internal:subscription_succeeded", channel),
    ]);
    await one.publisher.trigger(channel, "last", {});
    await client.next("last", channel);
    const events = client.received.map(({ event }) => event);
    if (events.filter((event) => event === "made").length !== 1) wrong.push(events);
    client.ws.close();
  }
  expect(wrong).toEqual([]);
}, 180_000);

it("Redis stores and sends the event of a cache channel in one step: a client that subscribes meanwhile gets it once", async () => {
  const url = process.env.MGS_TEST_REDIS_URL ?? "";
  const prefix = `test:${randomUUID()}:`;
  const timings = { timeoutMs: 20_000 };
  const two = await startReplica({ url, prefix, timings });
  const between: RawClient[] = [];
  const relay = await createRedisRelay(url, async (command) => {
    if (!command.some((part) => part.includes("the only one"))) return;
    const client = await RawClient.connect(two.port);
    await client.join("cache-a");
    between.push(client);
  });
  const one = await startReplica({ url: relay.url, prefix, timings });
  await one.publisher.trigger("cache-a", "made", "the only one");
  await one.publisher.trigger("cache-a", "last", {});
  expect(between.length).toBeGreaterThan(0);
  for (const client of between) {
    await client.next("last");
    expect(client.received.filter(({ event }) => event === "made")).toHaveLength(1);
  }
  const late = await RawClient.connect(two.port);
  await late.join("cache-a");
  await late.next("last");
});
