import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { request } from "../testing/publish";
import { RawClient } from "../testing/raw-client";
import { Opcode, RawSocket, webSocketFrame } from "../testing/raw-socket";
import { startServer } from "../testing/start-server";

const HEAD = "GET /health/live HTTP/1.1\r\nHost: x\r\n";
const timeouts = { headersTimeoutMs: 100, requestTimeoutMs: 200 };

/** The statuses of all answers in what was received. */
const statuses = ({ received }: RawSocket): number[] =>
  [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

/**
 * Writes again and again, each time after what has come was read: a write into a connection that the other end has
 * broken ends it here too, unread answer and all.
 */
function drip(raw: RawSocket, next: () => string): void {
  const timer = setInterval(() => setImmediate(() => raw.write(next())), 5);
  void raw.ended.then(() => clearInterval(timer));
}

describe("requests that never end", () => {
  it.each([
    ["nothing at all", ""],
    ["half a request line", "GET /health"],
    ["headers without end", HEAD],
  ])("%s: the connection is closed, with 408 when something came", async (_case, beginning) => {
    const { port } = await startServer({ options: timeouts });
    const raw = new RawSocket(port);
    if (beginning !== "") raw.write(beginning);
    await raw.ended;
    expect(statuses(raw)).toEqual(beginning === "" ? expect.any(Array) : [408]);
  });

  it("headers that come one at a time are no life", async () => {
    const { port } = await startServer({ options: timeouts });
    const raw = new RawSocket(port);
    raw.write(HEAD);
    let count = 0;
    drip(raw, () => `X-${count++}: x\r\n`);
    await raw.ended;
    expect(statuses(raw)).toEqual([408]);
  });

  it("a body that comes one byte at a time ends with its time", async () => {
    const { port } = await startServer({ options: timeouts });
    const raw = new RawSocket(port);
    raw.write("POST /apps/mgs/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
    drip(raw, () => "x");
    await raw.ended;
    expect(statuses(raw)).toEqual([408]);
  });

  it("an open WebSocket has all the time", async () => {
    // Long enough for the handshake on a machine that is held up.
    const { port } = await startServer({ options: { headersTimeoutMs: 3_000, requestTimeoutMs: 3_000 } });
    const client = await RawClient.connect(port);
    const slow = new RawSocket(port);
    slow.write(HEAD);
    await slow.ended;
    await client.settled();
  });
});

describe("requests that are none", () => {
  it.each([
    ["no HTTP", "hello\r\n\r\n", 400],
    ["another version", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400],
    ["a WebSocket frame", "\x81\x05hello\r\n\r\n", 400],
    ["TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400],
    ["a header of 100 kB", `${HEAD}X: ${"x".repeat(100_000)}\r\n\r\n`, 431],
    ["3,000 headers", `${HEAD}${"X: x\r\n".repeat(3_000)}\r\n`, 431],
    ["a request line of 100 kB", `GET /${"x".repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ["two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400],
    [
      "a length and chunks",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
    ],
    ["a chunk without length", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400],
    ["no host", "GET /health/live HTTP/1.1\r\n\r\n", 400],
    ["two hosts", `${HEAD}host: y\r\n\r\n`, 400],
    ["one host twice", `${HEAD}HOST: x\r\n\r\n`, 400],
    ["a header with a zero", `${HEAD}X: a\0b\r\n\r\n`, 400],
  ])("%s", async (_case, text, status) => {
    const { port } = await startServer();
    const raw = new RawSocket(port);
    raw.write(Buffer.from(text, "latin1"));
    await raw.until("HTTP/1.1 ");
    expect(statuses(raw)[0]).toBe(status);
    expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
  });

  it.each([
    ["two hosts", "/app/mgs-key?protocol=7", "Host: y\r\n"],
    ["no path", "nonsense", ""],
  ])("an upgrade with %s is refused and closed, although its client keeps its half", async (_case, target, headers) => {
    const { port } = await startServer();
    const raw = new RawSocket(port, { allowHalfOpen: true });
    const closed = new Promise((resolve) => raw.socket.once("close", resolve));
    raw.write(
      `GET ${target} HTTP/1.1\r\nHost: x\r\n${headers}Connection: Upgrade\r\nUpgrade: websocket\r\n` +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OTAxMjM0NQ==\r\n\r\n",
    );
    await raw.ended;
    expect(statuses(raw)).toEqual([400]);
    // The server's half is gone as well: what is written to it is answered by a reset.
    const timer = setInterval(() => raw.write("x"), 5);
    await closed.finally(() => clearInterval(timer));
  });

  it.each([
    ["no key", "Sec-WebSocket-Version: 13\r\n", 400],
    ["a bad key", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n", 400],
    ["a version nobody speaks", "Sec-WebSocket-Version: 99\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OTAxMjM0NQ==\r\n", 400],
  ])("a handshake with %s", async (_case, headers, status) => {
    const { port } = await startServer();
    const raw = new RawSocket(port);
    raw.write(
      `GET /app/mgs-key?protocol=7 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${headers}\r\n`,
    );
    await raw.ended;
    expect(statuses(raw)).toEqual([status]);
  });
});

it("pipelined requests are answered in their order, right and wrong ones", async () => {
  const { port } = await startServer();
  const raw = new RawSocket(port);
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
  const post = "POST /apps/mgs/events HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
  raw.write(`${get("/health/live")}${post}${get("/nothing")}${get("/apps/mgs/channels")}${get("/app/x")}`.repeat(20));
  await raw.until("HTTP/1.1 ", 100);
  expect(statuses(raw)).toEqual(Array.from({ length: 20 }, () => [200, 401, 404, 401, 426]).flat());
});

it("a WebSocket and an event may name the server in their targets", async () => {
  const server = await startServer();
  const raw = await RawSocket.webSocket(server.port, "http://anywhere.example/app/mgs-key?protocol=7");
  raw.send({ opcode: Opcode.text, payload: '{"event":"pusher:subscribe","data":{"channel":"a"}}' });
  await raw.until("subscription_succeeded");
  const body = JSON.stringify({ name: "created", channel: "a", data: "{}" });
  const path = "/apps/mgs/events";
  const query = server.publisher.createSignedQueryString({ method: "POST", path, body });
  const publisher = new RawSocket(server.port);
  publisher.write(
    `POST http://anywhere.example${path}?${query} HTTP/1.1\r\nHost: anywhere.example\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  await publisher.until("HTTP/1.1 ");
  expect(statuses(publisher)).toEqual([200]);
  await raw.until('"created"');
});

it("the bytes after a handshake in the same packet are its first frame", async () => {
  const { port } = await startServer();
  const raw = new RawSocket(port);
  raw.write(
    Buffer.concat([
      Buffer.from(
        "GET /app/mgs-key?protocol=7 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OTAxMjM0NQ==\r\n\r\n",
      ),
      webSocketFrame({ opcode: Opcode.text, payload: '{"event":"pusher:ping"}' }),
    ]),
  );
  await raw.until("pusher:pong");
});

it("a publisher that leaves in the middle of its body leaves nothing behind", async () => {
  const { server, port } = await startServer();
  for (let count = 0; count < 50; count++) {
    const raw = new RawSocket(port);
    await once(raw.socket, "connect");
    raw.write("POST /apps/mgs/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{");
    raw.socket.resetAndDestroy();
  }
  expect(server.statistics().published).toBe(0);
  expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
});

it("data of half a surrogate pair, zeros and line ends passes as it is", async () => {
  const server = await startServer();
  const client = await RawClient.connect(server.port);
  await client.join("a");
  const data = "\ud800 \0 \u2028 \r\n </script>";
  const answer = await request(server, "POST", "/events", { name: "\ud800", channel: "a", data });
  expect(answer.status).toBe(200);
  expect((await client.next("\ud800")).data).toBe(data);
});

it("a body that nests 100,000 levels is 400", async () => {
  const server = await startServer();
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  expect((await request(server, "POST", "/events", deep)).status).toBe(400);
  expect((await request(server, "POST", "/events", `{"name":"n","channel":"a","data":${deep}}`)).status).toBe(400);
});
