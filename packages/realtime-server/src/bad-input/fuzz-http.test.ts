import { createHash } from "node:crypto";
import { Agent, request } from "node:http";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { sign } from "../auth/hmac";
import { LONG_TIMEOUT_MS, PROPERTY_RUNS } from "../testing/long-runs";
import { RawClient } from "../testing/raw-client";
import { RawSocket } from "../testing/raw-socket";
import { APP, startServer } from "../testing/start-server";

const OTHER = { id: "other", key: "other-key", secret: "other-secret" };
const ANSWER_TIMEOUT_MS = 30_000;
/** What only the other app may read. */
const HIDDEN = "hidden-channel-of-another-app";

const anyText = fc.string({ unit: "binary", maxLength: 30 });
const path = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("/events", "/batch_events", "/channels", "/users/1/terminate_connections") },
  { weight: 4, arbitrary: fc.constantFrom("/channels/a", "/channels/presence-a", "/channels/presence-a/users") },
  { weight: 1, arbitrary: anyText.map((text) => `/channels/${encodeURIComponent(text.toWellFormed())}`) },
  { weight: 1, arbitrary: fc.webPath() },
  { weight: 1, arbitrary: fc.constantFrom("/channels/%E0%A4%A", "/../other/channels", "/%2e%2e/other/channels", "//") },
);
const target = fc.oneof(
  { weight: 8, arbitrary: path.map((rest) => `/apps/${APP.id}${rest}`) },
  { weight: 1, arbitrary: path.map((rest) => `/apps/${OTHER.id}${rest}`) },
  { weight: 1, arbitrary: fc.webPath() },
  { weight: 1, arbitrary: fc.constantFrom("/", "*", "//", "/app/mgs-key", "/health/live", "/metrics", "/stats", "x") },
);
const method = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("GET", "POST") },
  { weight: 1, arbitrary: fc.constantFrom("HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "QUERY", "PROPFIND") },
);
const channel = fc.oneof(
  fc.constantFrom("a", "private-a", "presence-a", "cache-a", "#server-to-user-1", HIDDEN),
  anyText,
);
const event = fc.record(
  {
    name: fc.oneof(anyText, fc.jsonValue()),
    data: fc.oneof(fc.string({ unit: "binary" }), fc.jsonValue()),
    channels: fc.oneof(fc.array(channel, { maxLength: 3 }), fc.jsonValue()),
    channel: fc.oneof(channel, fc.jsonValue()),
    socket_id: fc.oneof(fc.constantFrom("1.1", "x"), fc.jsonValue()),
    info: fc.oneof(fc.constantFrom("user_count,subscription_count", "cache", ",,"), fc.jsonValue()),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  { weight: 4, arbitrary: event.map((value) => Buffer.from(JSON.stringify(value))) },
  { weight: 2, arbitrary: fc.array(event, { maxLength: 3 }).map((batch) => Buffer.from(JSON.stringify({ batch }))) },
  { weight: 1, arbitrary: fc.json().map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 2, arbitrary: fc.constant(Buffer.alloc(0)) },
);
const params = fc.array(
  fc.tuple(
    fc.oneof(
      fc.constantFrom("info", "INFO", "filter_by_prefix", "name", "data", "channel", "channels[]", "socket_id"),
      fc.constantFrom("auth_key", "Auth_Key", "auth_timestamp", "auth_version", "auth_signature", "body_md5"),
      anyText,
    ),
    fc.oneof(fc.constantFrom("user_count", "presence-", "a", "", "1.0", APP.key, OTHER.key), anyText),
  ),
  { maxLength: 4 },
);
const header = fc.constantFrom<[string, string]>(
  ["expect", "100-continue"],
  ["expect", "x"],
  ["content-type", "multipart/form-data"],
  ["content-encoding", "gzip"],
  ["origin", "null"],
  ["origin", "https://a.example"],
  ["x-forwarded-for", "1.1.1.1, x"],
  ["connection", "close"],
  ["connection", "upgrade"],
  ["upgrade", "websocket"],
  ["upgrade", "h2c"],
  ["authorization", "Bearer x"],
  ["range", "bytes=0-1"],
  ["cookie", "a=b"],
);
/** Signed as it is sent; signed, then changed; or not signed. */
const signature = fc.constantFrom("right", "right", "right", "other method", "other secret", "other app", "none");

type Case = {
  method: string;
  target: string;
  params: [string, string][];
  body: Buffer;
  headers: [string, string][];
  signature: string;
};
const cases: fc.Arbitrary<Case> = fc.record({
  method,
  target,
  params,
  body,
  headers: fc.array(header, { maxLength: 2 }),
  signature,
});

function urlOf({ method, target, params, body, signature }: Case): string {
  const app = signature === "other app" ? OTHER : APP;
  const own: [string, string][] =
    signature === "none"
      ? []
      : [
          ["auth_key", app.key],
          ["auth_timestamp", String(Math.floor(Date.now() / 1000))],
          ["auth_version", "1.0"],
          ...(body.length === 0
            ? []
            : ([["body_md5", createHash("md5").update(body).digest("hex")]] satisfies [string, string][])),
        ];
  const query = new URLSearchParams([...own, ...params]);
  if (signature !== "none") {
    const signed = new URLSearchParams([...query].map(([name, value]) => [name.toLowerCase(), value]));
    signed.sort();
    const text = [...signed].filter(([name]) => name !== "auth_signature").map((pair) => pair.join("="));
    const lines = [signature === "other method" ? "PUT" : method, target, text.join("&")].join("\n");
    query.append("auth_signature", sign(signature === "other secret" ? "x" : app.secret, lines));
  }
  return `${target}?${query}`;
}

/** Sends a request and resolves to its answer; undefined when the connection was closed without one. */
function send(port: number, agent: Agent, each: Case): Promise<{ status: number; text: string } | undefined> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string | number> = { ...Object.fromEntries(each.headers) };
    if (each.body.length > 0) headers["content-length"] = each.body.length;
    const sent = request({ port, agent, method: each.method, path: urlOf(each), headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.once("close", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.once("upgrade", (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, text: "" });
    });
    sent.once("error", () => resolve(undefined));
    sent.setTimeout(ANSWER_TIMEOUT_MS, () => reject(new Error("neither an answer nor an end")));
    sent.end(each.body);
  });
}

async function prepare() {
  const { server, port } = await startServer({ limits: { activityTimeoutMs: LONG_TIMEOUT_MS } });
  server.replaceApps([
    { id: APP.id, keys: [APP] },
    { id: OTHER.id, keys: [OTHER] },
  ]);
  const witness = await RawClient.connect(port, OTHER);
  for (const name of [HIDDEN, "a", "cache-a"]) await witness.join(name);
  await witness.settled();
  const before = witness.received.length;
  const check = async (): Promise<void> => {
    await witness.settled();
    expect(witness.received.slice(before).map((message) => message.event)).toEqual(["pusher:pong"]);
    const fresh = await RawClient.connect(port);
    await fresh.join("private-fresh");
  };
  return { port, check };
}

it(
  `${PROPERTY_RUNS} requests are answered below 500, and nothing of another app is told or reached`,
  async () => {
    const { port, check } = await prepare();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(cases, async (each) => {
        const isOthersOwn = each.signature === "other app" && each.target.startsWith(`/apps/${OTHER.id}/`);
        // A publisher of the other app may do what it likes there.
        fc.pre(!isOthersOwn);
        const answer = await send(port, agent, each);
        if (answer === undefined) return;
        seen.add(answer.status);
        expect(answer.status).toBeLessThan(500);
        if (!JSON.stringify(each).includes(HIDDEN) && !each.body.includes(HIDDEN))
          expect(answer.text).not.toContain(HIDDEN);
        expect(answer.text).not.toMatch(/-secret|node:internal|\.ts:\d/);
      }),
      { numRuns: PROPERTY_RUNS },
    );
    // Else the cases do not reach what they are there for.
    for (const status of [200, 400, 401, 404, 405]) expect(seen).toContain(status);
    await check();
  },
  LONG_TIMEOUT_MS,
);

it(
  `${PROPERTY_RUNS / 10} streams of bytes are answered 4xx, or cut off`,
  async () => {
    const { port, check } = await prepare();
    const lines = fc.constantFrom(
      "GET / HTTP/1.1",
      "POST /apps/mgs/events HTTP/1.1",
      "Host: x",
      "Content-Length: 5",
      "Content-Length: -1",
      "Transfer-Encoding: chunked",
      "Transfer-Encoding: x",
      "Upgrade: websocket",
      "Connection: upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: MDEyMzQ1Njc4OTAxMjM0NQ==",
      "",
      "hello",
      "5",
      "0",
      " x",
    );
    const piece = fc.oneof(
      { weight: 5, arbitrary: lines.map((line) => Buffer.from(`${line}\r\n`)) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 12 }), async (pieces) => {
        const raw = new RawSocket(port);
        raw.write(Buffer.concat([...pieces, Buffer.from("\r\n\r\n")]));
        raw.socket.end();
        await raw.ended;
        for (const [, status] of raw.received.matchAll(/HTTP\/1\.1 (\d{3})/g)) expect(Number(status)).toBeLessThan(500);
        raw.socket.destroy();
      }),
      { numRuns: PROPERTY_RUNS / 10 },
    );
    await check();
  },
  LONG_TIMEOUT_MS,
);
