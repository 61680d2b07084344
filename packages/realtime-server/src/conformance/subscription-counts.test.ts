import { afterEach, expect, it, vi } from "vitest";
import { createSubscriptionCounts } from "../hub/subscription-counts";
import { createClient, nextEvent } from "../testing/library-client";
import { RawClient } from "../testing/raw-client";
import { startServer } from "../testing/start-server";

afterEach(() => void vi.useRealTimers());

it.each(["a", "private-a", "private-encrypted-a", "cache-a"])(
  "every subscriber of %s gets the number of subscriptions at once",
  async (channel) => {
    const { port } = await startServer();
    const [first, second] = [await RawClient.connect(port), await RawClient.connect(port)];
    const count = async (client: RawClient) => (await client.next("pusher_internal:subscription_count", channel)).data;
    await first.join(channel);
    expect(await count(first)).toBe('{"subscription_count":1}');
    await second.join(channel);
    expect(await count(first)).toBe('{"subscription_count":2}');
    expect(await count(second)).toBe('{"subscription_count":2}');
    second.ws.terminate();
    expect(await count(first)).toBe('{"subscription_count":1}');
  },
);

it("presence channels have members instead", async () => {
  const { port } = await startServer();
  const client = await RawClient.connect(port);
  await client.join("presence-a", JSON.stringify({ user_id: "1" }));
  await client.settled();
  expect(client.received.map((message) => message.event)).not.toContain("pusher_internal:subscription_count");
});

it("pusher-js gives the count to the channel", async () => {
  const server = await startServer();
  const channel = createClient(server).subscribe("a");
  expect(await nextEvent(channel, "pusher:subscription_count")).toEqual({ subscription_count: 1 });
  expect(channel.subscriptionCount).toBe(1);
});

it("above 100 it is sent every five seconds, the newest number once, while it changes", () => {
  vi.useFakeTimers();
  const told: number[] = [];
  const counts = createSubscriptionCounts((_appId, _channel, total) => told.push(total));
  for (let total = 1; total <= 105; total++) counts.update("app", "a", total, true);
  expect(told).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  told.length = 0;
  vi.advanceTimersByTime(4_999);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([105]);
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([105]);
  counts.update("app", "a", 104, true);
  counts.update("app", "a", 100, true);
  expect(told).toEqual([105, 100]);
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([105, 100]);
  expect(vi.getTimerCount()).toBe(0);
});
