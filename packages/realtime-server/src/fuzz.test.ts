import fc from "fast-check";
import { expect, it } from "vitest";
import { RawClient } from "./testing/raw-client";
import { startServer } from "./testing/start-server";

const event = fc.oneof(
  fc.constantFrom("pusher:subscribe", "pusher:unsubscribe", "pusher:signin", "pusher:ping", "client-x", "constructor"),
  fc.string(),
);
const channel = fc.oneof(
  fc.constantFrom("a", "private-a", "presence-a", "private-encrypted-a", "#server-to-user-1", "__proto__"),
  fc.string({ unit: "binary" }),
  fc.jsonValue(),
);
const data = fc.oneof(
  fc.record(
    { channel, auth: fc.jsonValue(), channel_data: fc.jsonValue(), user_data: fc.jsonValue() },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
  fc.string(),
);
const frame = fc.oneof(
  fc.record({ event, channel, data }, { requiredKeys: [] }).map((message) => JSON.stringify(message)),
  fc.json(),
  fc.string({ unit: "binary", maxLength: 200 }),
);

it("no frame harms the server", async () => {
  const { port } = await startServer();
  const witness = await RawClient.connect(port);
  let client = await RawClient.connect(port);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(frame, fc.uint8Array({ maxLength: 200 })), { maxLength: 5 }), async (frames) => {
      for (const each of frames) client.ws.send(each);
      client.send({ event: "pusher:ping" });
      const isClosed = await Promise.race([
        client.closed.then(() => true),
        client.next("pusher:pong").then(() => false),
      ]);
      // Only a bad sign-in ends a connection.
      if (isClosed) {
        expect((await client.closed).code).toBe(4009);
        client = await RawClient.connect(port);
      }
      client.received.length = 0;
    }),
    { numRuns: 700 },
  );
  await witness.settled();
  expect(witness.received.map((message) => message.event)).toEqual(["pusher:connection_established", "pusher:pong"]);
}, 60_000);

it("no body harms the HTTP API", async () => {
  const { port, publisher } = await startServer();
  const path = "/apps/mgs/events";
  const json = fc.record(
    {
      name: fc.oneof(fc.string(), fc.jsonValue()),
      data: fc.oneof(fc.string({ unit: "binary" }), fc.jsonValue()),
      channels: fc.oneof(fc.array(channel), fc.jsonValue()),
      channel,
      socket_id: fc.jsonValue(),
      info: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    json.map((value) => JSON.stringify(value)),
    fc.json(),
    fc.string({ minLength: 1 }),
  );
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const query = publisher.createSignedQueryString({ method: "POST", path, body: text });
      const response = await fetch(`http://127.0.0.1:${port}${path}?${query}`, { method: "POST", body: text });
      await response.text();
      expect([200, 400, 413]).toContain(response.status);
    }),
    { numRuns: 500 },
  );
}, 60_000);

it("no query gets past the signature", async () => {
  const { port } = await startServer();
  const name = fc.constantFrom("auth_key", "auth_timestamp", "auth_version", "auth_signature", "body_md5", "x");
  const value = fc.oneof(fc.constantFrom("mgs-key", "1.0", String(Math.floor(Date.now() / 1000))), fc.string());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, value)), async (params) => {
      const response = await fetch(`http://127.0.0.1:${port}/apps/mgs/channels?${new URLSearchParams(params)}`);
      await response.text();
      expect(response.status).toBe(401);
    }),
    { numRuns: 300 },
  );
}, 60_000);
