import fc from "fast-check";
import { expect, it } from "vitest";
import { createClient, subscribed } from "./testing/library-client";
import { LONG_TIMEOUT_MS, PROPERTY_RUNS } from "./testing/long-runs";
import { publish, request } from "./testing/publish";
import { RawClient } from "./testing/raw-client";
import { startServer } from "./testing/start-server";

const CHANNELS = ["a", "b", "private-c", "presence-d"] as const;
type Name = (typeof CHANNELS)[number];

const memberOf = (channel: Name): string | undefined =>
  channel.startsWith("presence-") ? JSON.stringify({ user_id: "1" }) : undefined;

/** What a client got of publishers, as `channel number`. */
const listReceived = (client: RawClient): string[] =>
  client.received
    .filter((message) => message.event === "step")
    .map((message) => `${message.channel} ${String(message.data)}`);

it("the events of one publisher arrive in their order, on many channels, at raw clients and at pusher-js", async () => {
  const server = await startServer();
  const raw = await RawClient.connect(server.port);
  const library = createClient(server);
  const seen: string[] = [];
  for (const channel of CHANNELS) {
    await raw.join(channel, memberOf(channel));
    await subscribed(library, channel);
    library.channel(channel).bind("step", (data: unknown) => seen.push(`${channel} ${String(data)}`));
  }
  const sent: string[] = [];
  for (let step = 0; step < 400; step++) {
    const channel = CHANNELS[(step * 7) % CHANNELS.length] ?? "a";
    await publish(server, { name: "step", channel, data: String(step) });
    sent.push(`${channel} ${step}`);
  }
  await raw.settled();
  expect(listReceived(raw)).toEqual(sent);
  await expect.poll(() => seen).toEqual(sent);
}, 60_000);

it("one that leaves and comes back hears all from each subscription_succeeded to its leaving, in order", async () => {
  const server = await startServer();
  const client = await RawClient.connect(server.port);
  let isPublishing = true;
  let step = 0;
  const publishing = (async () => {
    while (isPublishing) await publish(server, { name: "step", channel: "a", data: String(step++) });
  })();
  for (let round = 0; round < 30; round++) {
    await client.join("a");
    await client.next("step");
    client.send({ event: "pusher:unsubscribe", data: { channel: "a" } });
    await client.settled();
  }
  isPublishing = false;
  await publishing;
  let previous = -1;
  let isFirst = true;
  for (const { event, data } of client.received) {
    if (event === "pusher_internal:subscription_succeeded") isFirst = true;
    if (event !== "step") continue;
    const number = Number(data);
    // Between two subscriptions some may be missing, within one none.
    if (isFirst) expect(number).toBeGreaterThan(previous);
    else expect(number).toBe(previous + 1);
    isFirst = false;
    previous = number;
  }
});

/** Publishers' calls in their order: a batch, or one event on several channels. */
type Call = { batch: Name[] } | { channels: Name[] };
type Change = { client: number; channel: Name };
type Step = Call | Change;

const name = fc.constantFrom(...CHANNELS);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ batch: fc.array(name, { minLength: 1, maxLength: 10 }) }) },
  { weight: 2, arbitrary: fc.record({ channels: fc.uniqueArray(name, { minLength: 1 }) }) },
  { weight: 2, arbitrary: fc.record({ client: fc.nat({ max: 4 }), channel: name }) },
);

it(
  "joined frames never mix up sockets: each hears exactly its channels, in order",
  async () => {
    const server = await startServer({ limits: { maxMessagesPerSecond: 1_000_000 } });
    const clients = await Promise.all(Array.from({ length: 5 }, () => RawClient.connect(server.port)));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const members = clients.map(() => new Set<Name>());
        const expected = clients.map((): string[] => []);
        let number = 0;
        const expectAt = (channel: Name, data: number): void => {
          for (const [index, own] of members.entries())
            if (own.has(channel)) expected[index]?.push(`${channel} ${data}`);
        };
        for (const each of steps) {
          if ("client" in each) {
            const [client, own] = [clients[each.client], members[each.client]];
            if (own?.delete(each.channel)) {
              client?.send({ event: "pusher:unsubscribe", data: { channel: each.channel } });
              await client?.settled();
            } else {
              own?.add(each.channel);
              await client?.join(each.channel, memberOf(each.channel));
            }
          } else if ("batch" in each) {
            const batch = each.batch.map((channel) => ({ name: "step", channel, data: String(number++) }));
            for (const event of batch) expectAt(event.channel, Number(event.data));
            await request(server, "POST", "/batch_events", { batch });
          } else {
            const data = number++;
            for (const channel of each.channels) expectAt(channel, data);
            await publish(server, { name: "step", channels: each.channels, data: String(data) });
          }
        }
        for (const [index, client] of clients.entries()) {
          await client.settled();
          expect(listReceived(client)).toEqual(expected[index]);
          for (const channel of members[index] ?? []) {
            client.send({ event: "pusher:unsubscribe", data: { channel } });
          }
          await client.settled();
          client.received.length = 0;
        }
      }),
      { numRuns: PROPERTY_RUNS / 20 },
    );
  },
  LONG_TIMEOUT_MS,
);
