import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { testRedisProgram } from "@mgs/jobs/testing/redis-server";
import { describe, expect, it, vi } from "vitest";
import { RawClient } from "../../testing/raw-client";
import { ask, startRedis, startRedisCluster } from "../../testing/redis-nodes";
import { startReplicas } from "../../testing/start-replicas";

const SOON = { timeout: 40_000 };
const member = (id: string) => JSON.stringify({ user_id: id });

/** Makes a newer Redis one without sharded pub/sub, as Redis 6 is. */
async function withoutSharding(): Promise<string[]> {
  const { stdout } = await promisify(execFile)(testRedisProgram(), ["--version"]);
  if (Number(/v=(\d+)/.exec(stdout)?.[1]) < 7) return [];
  return ["SPUBLISH", "SSUBSCRIBE", "SUNSUBSCRIBE"].flatMap((command) => ["--rename-command", command, ""]);
}

const events = (client: RawClient, name: string) => client.received.filter(({ event }) => event === name);

describe("with a Redis that has no sharded pub/sub", () => {
  it("an event that is published on any of three replicas is received on all of them, once; presence is one, cache channels too", async () => {
    const redis = await startRedis(await withoutSharding());
    const replicas = await startReplicas(3, { url: redis.url });
    const clients = await Promise.all(replicas.map(({ port }) => RawClient.connect(port)));
    for (const [index, client] of clients.entries()) {
      await client.join("private-a");
      await client.join("presence-a", member(`user ${index}`));
    }
    const channels = await ask(redis, (client) => client.call("PUBSUB", "CHANNELS"));
    expect((channels as string[]).some((name) => name.endsWith("private-a}"))).toBe(true);
    for (const { publisher } of replicas) await publisher.trigger(["private-a", "cache-a"], "made", {});
    for (const client of clients) {
      for (const _ of replicas) await client.next("made");
      await client.join("cache-a");
      await client.next("made", "cache-a");
      await client.settled();
      expect(events(client, "made")).toHaveLength(4);
    }
    for (const { publisher } of replicas) {
      const response = await publisher.get({ path: "/channels/presence-a", params: { info: "user_count" } });
      expect(await response.json()).toEqual({ occupied: true, user_count: 3 });
    }
    const [first, second, third] = clients as [RawClient, RawClient, RawClient];
    third.ws.terminate();
    for (const client of [first, second]) {
      expect((await client.next("pusher_internal:member_removed")).data).toBe(JSON.stringify({ user_id: "user 2" }));
    }
    expect(events(first, "pusher_internal:member_added")).toHaveLength(2);
  });

  it("clients stay when it is restarted, and the replicas are one again", async () => {
    const redis = await startRedis(await withoutSharding());
    const replicas = await startReplicas(3, { url: redis.url });
    const clients = await Promise.all(replicas.map(({ port }) => RawClient.connect(port)));
    for (const [index, client] of clients.entries()) await client.join("presence-a", member(`user ${index}`));
    await redis.stop();
    await redis.start();
    for (const { publisher } of replicas) {
      await vi.waitFor(async () => {
        const probe = `probe ${randomUUID()}`;
        await publisher.trigger("presence-a", probe, {});
        await vi.waitFor(() => {
          for (const client of clients) expect(events(client, probe)).toHaveLength(1);
        });
      }, SOON);
    }
    for (const client of clients) {
      expect(client.ws.readyState).toBe(client.ws.OPEN);
      expect(events(client, "pusher_internal:member_removed")).toEqual([]);
    }
  });

  it("a Redis Cluster delivers the events of one publisher in order", async () => {
    const { url } = await startRedisCluster(await withoutSharding());
    const limits = { maxClientEventsPerSecond: 10_000 };
    const [one, two] = await startReplicas(2, { url, limits, settings: { clientEvents: true } });
    const [sender, receiver] = [await RawClient.connect(one.port), await RawClient.connect(two.port)];
    for (const client of [sender, receiver]) await client.join("private-a");
    const sent = Array.from({ length: 300 }, (_, index) => index);
    for (const index of sent) {
      sender.send({ event: "client-n", channel: "private-a", data: index });
      if (index % 10 === 0) await sender.settled();
    }
    for (const _ of sent) await receiver.next("client-n");
    expect(events(receiver, "client-n").map(({ data }) => data)).toEqual(sent);
    await two.publisher.trigger("private-a", "last", {});
    await Promise.all([sender, receiver].map((client) => client.next("last")));
  });
});
