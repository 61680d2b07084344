import { Agent, request } from "node:http";
import { createLogger } from "@mgs/core/logger";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { startBackEnd, startSocketIo } from "../testing/laravel-back-end";
import { LONG_TIMEOUT_MS, PROPERTY_RUNS } from "../testing/long-runs";
import { RawClient } from "../testing/raw-client";
import { connectSocketIo } from "../testing/socket-io-client";
import { APP } from "../testing/start-server";

const OTHER = { id: "other", key: "other-key", secret: "other-secret" };
const KEY = "echo-http-key-of-a-test";
/** What only the other app may read. */
const HIDDEN = "hidden-channel-of-another-app";
const CHANNELS = ["a", "private-a", "presence-a", "private-encrypted-a", "cache-a", "presence-cache-a", "__proto__"];

const anyText = fc.string({ unit: "binary", maxLength: 40 });
const channel = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...CHANNELS) },
  { weight: 1, arbitrary: fc.constantFrom("#server-to-user-1", "x".repeat(201), "constructor", "") },
  { weight: 1, arbitrary: anyText },
);
const headers = fc.oneof(
  fc.dictionary(anyText, fc.jsonValue(), { maxKeys: 4 }),
  fc.constantFrom({ host: "evil", cookie: "a=b", "x-forwarded-for": "1.1.1.1" }, { "": "" }, { "a b": "c\r\nd: e" }),
  fc.jsonValue(),
);
const subscription = fc.record({ channel, auth: fc.record({ headers }) });

/** What a client asks for: by the rules, by the rules but for one thing, or anything. */
const step: fc.Arbitrary<[string, ...unknown[]]> = fc.oneof(
  { weight: 4, arbitrary: subscription.map((data): [string, unknown] => ["subscribe", data]) },
  { weight: 2, arbitrary: channel.map((name): [string, unknown] => ["unsubscribe", { channel: name }]) },
  {
    weight: 2,
    arbitrary: fc
      .record({ channel, event: fc.constant("client-x"), data: fc.jsonValue() })
      .map((data): [string, unknown] => ["client event", data]),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constantFrom("subscribe", "unsubscribe", "client event", "pusher:signin", "constructor", "__proto__"),
      fc.oneof(
        fc.record({ channel: fc.jsonValue(), event: fc.jsonValue(), auth: fc.jsonValue() }, { requiredKeys: [] }),
        fc.jsonValue(),
        fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
      ),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(anyText, fc.jsonValue(), fc.jsonValue()) },
);
/** Names that a socket.io-client lets nobody send; `fuzz.test.ts` sends their packets. */
const RESERVED = new Set(["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"]);

/** What back ends answer, good and bad, by turns: each channel meets each of them. */
const ANSWERS = [
  { body: true },
  { body: { channel_data: { user_id: 7, user_info: { name: "Rado" } } } },
  { body: { auth: "x:y", channel_data: '{"user_id":"__proto__","user_info":[]}' } },
  { body: { channel_data: { user_id: { deep: [] }, user_info: "x".repeat(2_000) } } },
  { body: { channel_data: "no JSON" } },
  { body: { channel_data: 5 } },
  { body: "x".repeat(70_000) },
  { body: undefined },
  { status: 500, body: { message: "no" } },
  { status: 302, headers: { location: "/login" } },
  { status: 403 },
];

it(
  `${PROPERTY_RUNS} sequences of requests harm neither the server nor another app`,
  async () => {
    let asked = 0;
    const backEnd = await startBackEnd(() => ANSWERS[asked++ % ANSWERS.length] ?? {});
    const problems: string[] = [];
    const logger = createLogger("realtime-server", "warn", { write: (line) => void problems.push(line) });
    const limits = { maxMessagesPerSecond: 1_000_000, activityTimeoutMs: LONG_TIMEOUT_MS };
    const { server, port } = await startSocketIo(backEnd, { limits, options: { logger } });
    server.replaceApps([
      { id: APP.id, keys: [APP] },
      { id: OTHER.id, keys: [OTHER] },
    ]);
    const witness = await RawClient.connect(port, OTHER);
    for (const name of ["a", "cache-a"]) await witness.join(name);
    const before = witness.received.length;

    let client = await connectSocketIo(port);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        for (const [event, ...data] of steps) if (!RESERVED.has(event)) client.socket.emit(event, ...data);
        await client.settled();
        expect(client.socket.connected).toBe(true);
        expect(problems).toEqual([]);
        if (steps.length === 6) {
          client.socket.disconnect();
          client = await connectSocketIo(port);
        }
      }),
      { numRuns: PROPERTY_RUNS },
    );
    await witness.settled();
    expect(witness.received.slice(before).map(({ event }) => event)).toEqual(["pusher:pong"]);
    expect(asked).toBeGreaterThan(ANSWERS.length);
    client.socket.disconnect();
    witness.ws.terminate();
    await expect
      .poll(() => server.statistics(), { timeout: 30_000 })
      .toMatchObject({ connections: 0, channels: 0, signedInUsers: 0 });
    expect(problems).toEqual([]);
  },
  LONG_TIMEOUT_MS,
);

const path = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("/events", "/status", "/channels", "/channels/a", "/channels/presence-a") },
  { weight: 2, arbitrary: fc.constantFrom("/channels/presence-a/users", "/channels/a/users", "/channels/%E0%A4%A") },
  { weight: 1, arbitrary: anyText.map((text) => `/channels/${encodeURIComponent(text.toWellFormed())}/users`) },
  { weight: 1, arbitrary: fc.webPath() },
);
const event = fc.record(
  {
    name: fc.oneof(anyText, fc.jsonValue()),
    data: fc.oneof(anyText, fc.jsonValue()),
    channel: fc.oneof(channel, fc.jsonValue()),
    channels: fc.oneof(fc.array(channel, { maxLength: 3 }), fc.jsonValue()),
    socket_id: fc.oneof(fc.constantFrom("1.1", "x", ""), fc.jsonValue()),
  },
  { requiredKeys: [] },
);
const echoCase = fc.record({
  method: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom("GET", "POST") },
    { weight: 1, arbitrary: fc.constantFrom("HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE") },
  ),
  path,
  app: fc.oneof({ weight: 8, arbitrary: fc.constant(APP.id) }, { weight: 1, arbitrary: fc.constant(OTHER.id) }),
  key: fc.constantFrom(KEY, KEY, KEY, "wrong", ""),
  isBearer: fc.boolean(),
  query: fc.dictionary(fc.oneof(fc.constantFrom("filter_by_prefix", "auth_key", "info"), anyText), anyText, {
    maxKeys: 2,
  }),
  body: fc.oneof(
    { weight: 4, arbitrary: event.map((value) => Buffer.from(JSON.stringify(value))) },
    { weight: 1, arbitrary: fc.json().map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)) },
  ),
});

it(
  `${PROPERTY_RUNS} requests to the HTTP side of laravel-echo-server are answered below 500, and reach no other app`,
  async () => {
    const backEnd = await startBackEnd();
    const authorization = { hosts: [backEnd.url], endpoint: "/auth" };
    const { server, port } = await startSocketIo(backEnd, {
      limits: { activityTimeoutMs: LONG_TIMEOUT_MS },
      options: { socketIo: { appId: APP.id, authorization, httpKey: KEY } },
    });
    server.replaceApps([
      { id: APP.id, keys: [APP] },
      { id: OTHER.id, keys: [OTHER] },
    ]);
    const witness = await RawClient.connect(port, OTHER);
    for (const name of [HIDDEN, "a", "cache-a"]) await witness.join(name);
    const before = witness.received.length;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(echoCase, async ({ method, path: rest, app, key, isBearer, query, body }) => {
        const params = new URLSearchParams({ ...query, ...(isBearer || key === "" ? {} : { auth_key: key }) });
        const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
          const bearer = isBearer && key !== "" ? { authorization: `Bearer ${key}` } : {};
          const sent = request(
            { ...{ port, agent, method }, path: `/apps/${app}${rest}?${params}`, headers: bearer },
            (response) => {
              let answer = "";
              response.on("data", (chunk) => {
                answer += chunk;
              });
              response.once("close", () => resolve({ status: response.statusCode ?? 0, text: answer }));
            },
          );
          sent.once("error", reject);
          sent.end(method === "GET" || method === "HEAD" ? undefined : body);
        });
        seen.add(status);
        expect(status).toBeLessThan(500);
        expect(text).not.toMatch(/hidden-channel|echo-http-key|node:internal|\.ts:\d/);
      }),
      { numRuns: PROPERTY_RUNS },
    );
    // Else the cases do not reach what they are there for.
    for (const status of [200, 400, 401, 403, 404, 405]) expect(seen).toContain(status);
    await witness.settled();
    expect(witness.received.slice(before).map(({ event: name }) => name)).toEqual(["pusher:pong"]);
  },
  LONG_TIMEOUT_MS,
);
