import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AppLimits, defaultLimits, type Limits } from "../limits";
import { publish, request } from "../testing/publish";
import { RawClient } from "../testing/raw-client";
import { APP, startServer, type TestServer } from "../testing/start-server";

/** Does something of the size `n` and says how it was taken. */
type Probe = (server: TestServer, n: number) => Promise<unknown>;

type Case = {
  limit: keyof Limits;
  expected: number;
  configured: number;
  probe: Probe;
  within: unknown;
  above: unknown;
  /** The default is too large for a test, and only its number is checked. */
  isLarge?: boolean;
};

const text = (length: number): string => "x".repeat(length);
const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `c${index}`);
const statusOf = async (answer: Promise<Response>): Promise<number> => (await answer).status;
const event = { name: "n", channel: "a", data: "" };
const member = (id: string, info?: unknown): string => JSON.stringify({ user_id: id, user_info: info });

/** Subscribes and says "joined", or the kind of the refusal. */
async function join(client: RawClient, channel: string, channelData?: string): Promise<unknown> {
  client.subscribe(channel, channelData);
  await client.settled();
  const refusal = client.received.find((message) => message.event === "pusher:subscription_error");
  return refusal === undefined ? "joined" : refusal.data;
}

/** Opens `n` connections and says how the last was received. */
const connections: Probe = async ({ port }, n) => {
  const all: RawClient[] = [];
  for (let count = 0; count < n; count++) {
    const client = new RawClient(`ws://127.0.0.1:${port}/app/${APP.key}?protocol=7`);
    const first = await Promise.race([client.next("pusher:connection_established"), client.closed]);
    all.push(client);
    if ("code" in first) return first.code;
  }
  return "established";
};

/** Sends, then says with which code the connection ended, or that it did not. */
async function outcome(client: RawClient, sent: () => void): Promise<unknown> {
  sent();
  client.ws.send("{");
  const ended = await Promise.race([client.closed, client.next("pusher:error")]);
  return "code" in ended ? ended.code : "open";
}

const cases: Case[] = [
  {
    limit: "maxEventBytes",
    expected: 10_240,
    configured: 50,
    probe: (server, n) => statusOf(publish(server, { ...event, data: text(n) })),
    within: 200,
    above: 413,
  },
  {
    limit: "maxEventNameLength",
    expected: 200,
    configured: 9,
    probe: (server, n) => statusOf(publish(server, { ...event, name: text(n) })),
    within: 200,
    above: 400,
  },
  {
    limit: "maxChannelsPerEvent",
    expected: 100,
    configured: 3,
    probe: (server, n) => statusOf(publish(server, { name: "n", data: "", channels: numbered(n) })),
    within: 200,
    above: 400,
  },
  {
    limit: "maxEventsPerBatch",
    expected: 10,
    configured: 2,
    probe: (server, n) => statusOf(request(server, "POST", "/batch_events", { batch: Array(n).fill(event) })),
    within: 200,
    above: 400,
  },
  {
    limit: "maxEventsPerSecond",
    expected: 0,
    configured: 7,
    probe: (server, n) => statusOf(publish(server, { name: "n", data: "", channels: numbered(n) })),
    within: 200,
    above: 429,
    isLarge: true,
  },
  {
    limit: "maxClientEventsPerSecond",
    expected: 10,
    configured: 3,
    probe: async ({ port }, n) => {
      const client = await RawClient.connect(port);
      await client.join("private-a");
      for (let count = 0; count < n; count++) client.send({ event: "client-n", channel: "private-a", data: "{}" });
      await client.settled();
      return client.received.find((message) => message.event === "pusher:error")?.data;
    },
    within: undefined,
    above: expect.objectContaining({ code: 4301 }),
  },
  {
    limit: "maxPresenceMembers",
    expected: 100,
    configured: 2,
    probe: async ({ port }, n) => {
      const clients = await Promise.all(numbered(n).map(() => RawClient.connect(port)));
      const results = await Promise.all(
        clients.map((client, index) => join(client, "presence-a", member(`u${index}`))),
      );
      return results.find((result) => result !== "joined") ?? "joined";
    },
    within: "joined",
    above: expect.objectContaining({ type: "LimitReached", status: 403 }),
  },
  {
    limit: "maxMemberBytes",
    expected: 1_024,
    configured: 20,
    // Two of the bytes are quotes.
    probe: async ({ port }, n) => join(await RawClient.connect(port), "presence-a", member("1", text(n - 2))),
    within: "joined",
    above: expect.objectContaining({ type: "LimitReached", status: 413 }),
  },
  {
    limit: "maxUserIdLength",
    expected: 128,
    configured: 4,
    probe: async ({ port }, n) => join(await RawClient.connect(port), "presence-a", member(text(n))),
    within: "joined",
    above: expect.objectContaining({ type: "LimitReached", status: 413 }),
  },
  {
    limit: "maxSubscriptionsPerConnection",
    expected: 1_000,
    configured: 3,
    probe: async ({ port }, n) => {
      const client = await RawClient.connect(port);
      for (const channel of numbered(n - 1)) client.subscribe(channel);
      return join(client, "last");
    },
    within: "joined",
    above: expect.objectContaining({ type: "LimitReached", status: 403 }),
  },
  {
    limit: "maxWatchlist",
    expected: 100,
    configured: 2,
    probe: async ({ port }, n) => {
      const client = await RawClient.connect(port);
      client.signin(JSON.stringify({ id: "1", watchlist: numbered(n) }));
      await client.settled();
      return client.received.find((message) => message.event === "pusher:error")?.data;
    },
    within: undefined,
    above: expect.objectContaining({ code: 4302 }),
  },
  {
    limit: "maxAppConnections",
    expected: 100_000,
    configured: 3,
    probe: connections,
    within: "established",
    above: 4004,
    isLarge: true,
  },
  {
    limit: "maxConnections",
    expected: 100_000,
    configured: 3,
    probe: connections,
    within: "established",
    above: 4100,
    isLarge: true,
  },
  {
    limit: "maxFrameBytes",
    expected: 65_536,
    configured: 300,
    probe: async ({ port }, n) => {
      const client = await RawClient.connect(port);
      return outcome(client, () => client.ws.send('{"event":"pusher:ping"}'.padEnd(n)));
    },
    within: "open",
    above: 1009,
  },
  {
    limit: "maxMessagesPerSecond",
    expected: 1_000,
    configured: 5,
    probe: async ({ port }, n) => {
      const client = await RawClient.connect(port);
      for (let count = 0; count < n - 1; count++) client.send({ event: "pusher:pong" });
      client.send({ event: "pusher:ping" });
      const ended = await Promise.race([client.closed, client.next("pusher:pong")]);
      return "code" in ended ? ended.code : "open";
    },
    within: "open",
    above: 4100,
  },
  {
    limit: "maxHttpBodyBytes",
    expected: 2 * 1024 * 1024,
    configured: 500,
    probe: (server, n) => statusOf(request(server, "POST", "/events", JSON.stringify(event).padEnd(n))),
    within: 200,
    above: 413,
  },
];

// Rates count within one second of this clock.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

/** What would stop a probe of another limit. */
const roomy = (limit: keyof Limits): Partial<Limits> =>
  limit === "maxMessagesPerSecond" ? {} : { maxMessagesPerSecond: 1_000_000 };

describe.each(cases)("$limit", ({ limit, expected, configured, probe, within, above, isLarge }) => {
  it(`has the default ${expected}`, async () => {
    expect(defaultLimits[limit]).toBe(expected);
    if (isLarge) return;
    expect(await probe(await startServer({ limits: roomy(limit) }), expected)).toEqual(within);
    expect(await probe(await startServer({ limits: roomy(limit) }), expected + 1)).toEqual(above);
  });

  it("is what it was configured to, for the server and for one app", async () => {
    const limits = { ...roomy(limit), [limit]: configured };
    expect(await probe(await startServer({ limits }), configured)).toEqual(within);
    expect(await probe(await startServer({ limits }), configured + 1)).toEqual(above);
    if (!isAppLimit(limit)) return;
    const settings = { limits: { [limit]: configured } };
    expect(await probe(await startServer({ limits: roomy(limit), settings }), configured)).toEqual(within);
    expect(await probe(await startServer({ limits: roomy(limit), settings }), configured + 1)).toEqual(above);
  });
});

const PROCESS_LIMITS: readonly string[] = [
  "maxConnections",
  "maxFrameBytes",
  "maxMessagesPerSecond",
  "maxHttpBodyBytes",
];
const isAppLimit = (limit: keyof Limits): limit is keyof AppLimits => !PROCESS_LIMITS.includes(limit);

it("a limit of 0 events a second is none", async () => {
  const server = await startServer();
  for (let count = 0; count < 300; count++) {
    expect(await statusOf(publish(server, { name: "n", data: "", channels: numbered(100) }))).toBe(200);
  }
}, 60_000);

it.each([
  ["Laravel Echo's", "App.Models.User.1", true],
  ["200 characters", text(200), true],
  ["201 characters", text(201), false],
  ["every sign that is allowed", "Az09_-=@,.;", true],
  ["a space", "a b", false],
  ["a slash", "a/b", false],
  ["a colon", "a:b", false],
  ["a letter with an accent", "é", false],
  ["nothing", "", false],
])("a channel's name may be or not be: %s", async (_case, name, isAllowed) => {
  const server = await startServer();
  const client = await RawClient.connect(server.port);
  expect(await join(client, name)).toEqual(isAllowed ? "joined" : expect.objectContaining({ type: "InvalidChannel" }));
  expect(await statusOf(publish(server, { ...event, channel: name }))).toBe(isAllowed ? 200 : 400);
});

it.each([
  [120_000, 120],
  [5_000, 5],
  [400, 1],
])("an activity timeout of %i ms is sent as %i s", async (activityTimeoutMs, seconds) => {
  const { port } = await startServer({ limits: { activityTimeoutMs } });
  const client = new RawClient(`ws://127.0.0.1:${port}/app/${APP.key}?protocol=7`);
  const greeting = await client.next("pusher:connection_established");
  expect(JSON.parse(String(greeting.data))).toMatchObject({ activity_timeout: seconds });
  expect([defaultLimits.activityTimeoutMs, defaultLimits.pongTimeoutMs]).toEqual([120_000, 30_000]);
});
