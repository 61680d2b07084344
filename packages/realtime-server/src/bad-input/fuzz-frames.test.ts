import fc from "fast-check";
import { expect, it } from "vitest";
import { sign } from "../auth/hmac";
import { LONG_TIMEOUT_MS, PROPERTY_RUNS } from "../testing/long-runs";
import { RawClient } from "../testing/raw-client";
import { Opcode, RawSocket, webSocketFrame } from "../testing/raw-socket";
import { APP, startServer } from "../testing/start-server";

const OTHER = { id: "other", key: "other-key", secret: "other-secret" };
const CHANNELS = [
  "a",
  "private-a",
  "presence-a",
  "private-encrypted-a",
  "cache-a",
  "presence-cache-a",
  "__proto__",
  "constructor",
];

const anyText = fc.string({ unit: "binary", maxLength: 40 });
const channelName = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...CHANNELS) },
  { weight: 1, arbitrary: fc.constantFrom("#server-to-user-1", "#server-to-user-", "x".repeat(201)) },
  { weight: 1, arbitrary: anyText },
);
const userId = fc.oneof(fc.constantFrom("1", "2", "__proto__", "constructor", ""), anyText, fc.integer());
const memberData = fc
  .record({ user_id: userId, user_info: fc.jsonValue() }, { requiredKeys: [] })
  .map((data) => JSON.stringify(data));
const userData = fc
  .record(
    { id: userId, user_info: fc.jsonValue(), watchlist: fc.oneof(fc.array(userId, { maxLength: 5 }), fc.jsonValue()) },
    { requiredKeys: [] },
  )
  .map((data) => JSON.stringify(data));
const looseData = fc.oneof(
  fc.record(
    { channel: fc.oneof(channelName, fc.jsonValue()), auth: fc.jsonValue(), channel_data: fc.jsonValue() },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
  fc.string(),
);
const EVENTS = [
  "pusher:subscribe",
  "pusher:unsubscribe",
  "pusher:signin",
  "pusher:ping",
  "pusher:pong",
  "client-x",
  "pusher_internal:member_added",
  "constructor",
];

/** What a client sends: by the rules and signed, by the rules but for one thing, or anything. */
type Step = (client: RawClient) => void;
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(channelName, fc.option(memberData, { nil: undefined })).map(
    ([channel, data]): Step =>
      (client) =>
        client.subscribe(channel, data),
  ),
  channelName.map(
    (channel): Step =>
      (client) =>
        client.send({ event: "pusher:unsubscribe", data: { channel } }),
  ),
  userData.map(
    (data): Step =>
      (client) =>
        client.signin(data),
  ),
  fc.tuple(channelName, fc.jsonValue()).map(
    ([channel, data]): Step =>
      (client) =>
        client.send({ event: "client-x", channel, data }),
  ),
  fc
    .record(
      {
        event: fc.oneof(fc.constantFrom(...EVENTS), anyText),
        channel: fc.oneof(channelName, fc.jsonValue()),
        data: looseData,
      },
      { requiredKeys: [] },
    )
    .map(
      (message): Step =>
        (client) =>
          client.send(message),
    ),
  fc.json().map(
    (text): Step =>
      (client) =>
        client.ws.send(text),
  ),
  fc.string({ unit: "binary", maxLength: 200 }).map(
    (text): Step =>
      (client) =>
        client.ws.send(text),
  ),
  fc.uint8Array({ maxLength: 200 }).map(
    (bytes): Step =>
      (client) =>
        client.ws.send(bytes),
  ),
  fc.uint8Array({ maxLength: 125 }).map(
    (bytes): Step =>
      (client) =>
        client.ws.ping(bytes),
  ),
);

/** Bytes under the frames: by chance a frame, mostly none. */
const rawBytes = fc.tuple(
  fc.constantFrom(...Object.values(Opcode), 3, 0xf),
  fc.boolean(),
  fc.boolean(),
  fc.uint8Array({ maxLength: 50 }),
);

it(
  `${PROPERTY_RUNS} sequences of frames harm neither the server nor another app`,
  async () => {
    const limits = { maxMessagesPerSecond: 1_000_000, activityTimeoutMs: LONG_TIMEOUT_MS };
    const { server, port } = await startServer({ limits });
    server.replaceApps([
      { id: APP.id, keys: [APP] },
      { id: OTHER.id, keys: [OTHER] },
    ]);
    const witness = await RawClient.connect(port, OTHER);
    for (const channel of CHANNELS) {
      const data = channel.startsWith("presence-") ? JSON.stringify({ user_id: "witness" }) : undefined;
      const claim = [witness.socketId, channel, ...(data === undefined ? [] : [data])].join(":");
      witness.subscribe(channel, data, `${OTHER.key}:${sign(OTHER.secret, claim)}`);
    }
    await witness.settled();
    const before = witness.received.length;

    let client = await RawClient.connect(port);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        for (const each of steps) each(client);
        client.send({ event: "pusher:ping" });
        const isClosed = await Promise.race([
          client.closed.then(() => true),
          client.next("pusher:pong").then(() => false),
        ]);
        expect(JSON.stringify(client.received)).not.toMatch(/Internal error|witness/);
        // Only a bad sign-in ends a connection.
        if (isClosed) expect((await client.closed).code).toBe(4009);
        if (isClosed || steps.length === 6) {
          client.ws.terminate();
          client = await RawClient.connect(port);
        }
        client.received.length = 0;
      }),
      { numRuns: PROPERTY_RUNS },
    );
    await witness.settled();
    expect(witness.received.slice(before).map((message) => message.event)).toEqual(["pusher:pong"]);

    const fresh = await RawClient.connect(port);
    await fresh.join("private-fresh");
    client.ws.terminate();
    witness.ws.terminate();
    fresh.ws.terminate();
    await expect
      .poll(() => server.statistics(), { timeout: 30_000 })
      .toMatchObject({ connections: 0, channels: 0, signedInUsers: 0 });
  },
  LONG_TIMEOUT_MS,
);

it(
  `${PROPERTY_RUNS / 10} streams of bytes end with a code of WebSocket, or go on`,
  async () => {
    const { server, port } = await startServer();
    await fc.assert(
      fc.asyncProperty(fc.array(rawBytes, { minLength: 1, maxLength: 4 }), fc.uint8Array(), async (frames, tail) => {
        const raw = await RawSocket.webSocket(port);
        for (const [opcode, fin, masked, payload] of frames) {
          raw.write(webSocketFrame({ opcode, fin, masked, payload: Buffer.from(payload) }));
        }
        raw.write(Buffer.from(tail));
        raw.socket.end();
        await raw.ended;
        // A close frame by chance is answered with its own code; 1011 would be an error of ours.
        expect(raw.closeCode).not.toBe(1011);
      }),
      { numRuns: PROPERTY_RUNS / 10 },
    );
    await (await RawClient.connect(port)).settled();
    await expect.poll(() => server.statistics().connections, { timeout: 30_000 }).toBe(1);
  },
  LONG_TIMEOUT_MS,
);
