import { describe, expect, it, vi } from "vitest";
import type { Cluster } from "../cluster/cluster";
import { createLocalCluster } from "../cluster/local-cluster";
import { publish } from "../testing/publish";
import { RawClient } from "../testing/raw-client";
import { APP, startServer } from "../testing/start-server";

const KINDS = [
  "a",
  "private-a",
  "private-encrypted-a",
  "presence-a",
  "cache-a",
  "private-cache-a",
  "private-encrypted-cache-a",
  "presence-cache-a",
] as const;
const dataOf = (channel: string): string | undefined =>
  channel.startsWith("presence-") ? JSON.stringify({ user_id: "1" }) : undefined;

describe.each(KINDS)("%s", (channel) => {
  it("a subscription is confirmed, gets events as they were sent, and ends", async () => {
    const server = await startServer();
    const client = await RawClient.connect(server.port);
    await client.join(channel, dataOf(channel));
    await publish(server, { name: "n", channel, data: "any text, not only JSON" });
    expect(await client.next("n")).toEqual({ event: "n", channel, data: "any text, not only JSON" });
    client.send({ event: "pusher:unsubscribe", data: { channel } });
    await client.settled();
    await publish(server, { name: "unheard", channel, data: "" });
    await client.settled();
    expect(client.received.map((message) => message.event)).not.toContain("unheard");
  });
});

it("data that was encrypted passes untouched, byte for byte", async () => {
  const server = await startServer();
  const client = await RawClient.connect(server.port);
  await client.join("private-encrypted-a");
  const data =
    '{ "nonce":"4sVYwy4j/8dCcjyxtPCWyk19GaaViaW9",  "ciphertext" : "/GMESnFGlbNn01BuBjp31XYa3i9vZsGKR8fgR9EDhXKx3lzGiUD5kRwQ" }';
  await publish(server, { name: "secret", channel: "private-encrypted-a", data });
  expect((await client.next("secret")).data).toBe(data);
});

it.each(["private-a", "presence-a", "private-encrypted-a", "private-cache-a", "presence-cache-a"])(
  "%s refuses a missing signature, and one for another channel",
  async (channel) => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    client.send({ event: "pusher:subscribe", data: { channel, channel_data: dataOf(channel) } });
    expect((await client.next("pusher:subscription_error")).data).toMatchObject({ type: "AuthError", status: 401 });
    client.subscribe(channel, dataOf(channel), `${APP.key}:${"0".repeat(64)}`);
    expect((await client.next("pusher:subscription_error")).data).toMatchObject({ type: "AuthError", status: 401 });
  },
);

describe("cache channels", () => {
  it("send their last event to a new subscriber, first and to no other", async () => {
    const server = await startServer();
    const [first, second] = [await RawClient.connect(server.port), await RawClient.connect(server.port)];
    await first.join("cache-a");
    await publish(server, { name: "one", channel: "cache-a", data: "1" });
    await publish(server, { name: "two", channel: "cache-a", data: "2" });
    await second.join("cache-a");
    await publish(server, { name: "three", channel: "cache-a", data: "3" });
    await second.next("three");
    await first.next("three");
    const seen = (client: RawClient) =>
      client.received.filter((message) => message.channel === "cache-a").map((message) => message.event);
    const counts = (events: string[]) => events.filter((event) => event !== "pusher_internal:subscription_count");
    expect(counts(seen(second))).toEqual(["pusher_internal:subscription_succeeded", "two", "three"]);
    expect(counts(seen(first))).toEqual([
      "pusher_internal:subscription_succeeded",
      "pusher:cache_miss",
      "one",
      "two",
      "three",
    ]);
  });

  it("an event before the first subscriber is kept too, with the socket that it left out", async () => {
    const server = await startServer();
    const client = await RawClient.connect(server.port);
    await publish(server, { name: "early", channel: "private-cache-a", data: "1", socket_id: client.socketId });
    await client.join("private-cache-a");
    expect(await client.next("early")).toEqual({ event: "early", channel: "private-cache-a", data: "1" });
  });

  it("channels without the prefix keep nothing and miss nothing", async () => {
    const server = await startServer();
    await publish(server, { name: "early", channel: "uncache-a", data: "1" });
    const client = await RawClient.connect(server.port);
    await client.join("uncache-a");
    await client.settled();
    expect(client.received.map((message) => message.event)).not.toContain("early");
    expect(client.received.map((message) => message.event)).not.toContain("pusher:cache_miss");
  });

  it("client events pass and are not kept", async () => {
    const server = await startServer();
    const [sender, receiver] = [await RawClient.connect(server.port), await RawClient.connect(server.port)];
    await sender.join("private-cache-a");
    await receiver.join("private-cache-a");
    sender.send({ event: "client-x", channel: "private-cache-a", data: "{}" });
    await receiver.next("client-x");
    const late = await RawClient.connect(server.port);
    await late.join("private-cache-a");
    await late.next("pusher:cache_miss");
  });

  it("a client event that comes while the last event is looked up does not take its place", async () => {
    const local = createLocalCluster();
    const lookUps: (() => void)[] = [];
    const getLastEvent: Cluster["getLastEvent"] = async (appId, channel) => {
      await new Promise<void>((resolve) => lookUps.push(resolve));
      return local.getLastEvent(appId, channel);
    };
    const server = await startServer({ options: { cluster: { ...local, getLastEvent } } });
    const channel = "private-cache-a";
    await publish(server, { name: "kept", channel, data: "1" });
    const [sender, late] = [await RawClient.connect(server.port), await RawClient.connect(server.port)];
    const finishLookUp = async () => {
      await expect.poll(() => lookUps.length).toBe(1);
      lookUps.pop()?.();
    };
    sender.subscribe(channel);
    await finishLookUp();
    await sender.next("kept");

    late.subscribe(channel);
    await expect.poll(() => lookUps.length).toBe(1);
    sender.send({ event: "client-x", channel, data: "{}" });
    await sender.settled();
    await finishLookUp();
    expect((await late.next("kept")).data).toBe("1");
    await late.settled();
    expect(late.received.map((message) => message.event)).not.toContain("client-x");
  });

  it("the event is forgotten after 30 minutes", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    try {
      const cluster = createLocalCluster();
      cluster.setLastEvent("app", "cache-a", { json: "{}", data: "1" });
      vi.advanceTimersByTime(30 * 60_000 - 1);
      expect(cluster.getLastEvent("app", "cache-a")).toMatchObject({ data: "1", ttlSeconds: 1 });
      vi.advanceTimersByTime(1);
      expect(cluster.getLastEvent("app", "cache-a")).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });

  it("info=cache has the event and how long it stays", async () => {
    const server = await startServer();
    const get = async (channel: string): Promise<unknown> => {
      const response = await server.publisher.get({ path: `/channels/${channel}`, params: { info: "cache" } });
      return response.json();
    };
    expect(await get("cache-a")).toEqual({ occupied: false });
    await publish(server, { name: "kept", channel: "cache-a", data: '{"n":1}' });
    expect(await get("cache-a")).toEqual({
      occupied: false,
      cache: { data: '{"n":1}', ttl: expect.toSatisfy((ttl: number) => ttl > 1_700 && ttl <= 1_800) },
    });
    await expect(server.publisher.get({ path: "/channels/a", params: { info: "cache" } })).rejects.toMatchObject({
      status: 400,
    });
  });
});
