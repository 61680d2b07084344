import diagnostics from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { publish, request } from "../testing/publish";
import { RawClient } from "../testing/raw-client";
import { Opcode, RawSocket, webSocketFrame } from "../testing/raw-socket";
import { startServer } from "../testing/start-server";

const PING = '{"event":"pusher:ping"}';
const nestedArrays = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
/** With keys that are indexes, which the fast ways of engines leave out. */
const nestedObjects = (depth: number): string => `${'{"1":'.repeat(depth)}1${"}".repeat(depth)}`;

describe("violations of RFC 6455 close with its code", () => {
  it.each<[string, Buffer, number]>([
    ["text that is no UTF-8", webSocketFrame({ opcode: Opcode.text, payload: Buffer.from([0xc3, 0x28]) }), 1007],
    ["half a surrogate pair", webSocketFrame({ opcode: Opcode.text, payload: Buffer.from([0xed, 0xa0, 0x80]) }), 1007],
    ["a frame without mask", webSocketFrame({ opcode: Opcode.text, payload: PING, masked: false }), 1002],
    ["bits of an extension", webSocketFrame({ opcode: Opcode.text, payload: PING, reserved: 4 }), 1002],
    ["an opcode of the future", webSocketFrame({ opcode: 3 }), 1002],
    ["a ping in pieces", webSocketFrame({ opcode: Opcode.ping, fin: false }), 1002],
    ["a long ping", webSocketFrame({ opcode: Opcode.ping, payload: "x".repeat(126) }), 1002],
    ["a continuation of nothing", webSocketFrame({ opcode: Opcode.continuation, payload: PING }), 1002],
    ["a close with half a code", webSocketFrame({ opcode: Opcode.close, payload: "x" }), 1002],
    ["a close with a reserved code", webSocketFrame({ opcode: Opcode.close, payload: Buffer.from([3, 237]) }), 1002],
    [
      "a message inside another",
      Buffer.concat([
        webSocketFrame({ opcode: Opcode.text, payload: "{", fin: false }),
        webSocketFrame({ opcode: Opcode.text, payload: PING }),
      ]),
      1002,
    ],
    [
      "pieces that are too large together",
      Buffer.concat([
        webSocketFrame({ opcode: Opcode.text, payload: " ".repeat(40_000), fin: false }),
        webSocketFrame({ opcode: Opcode.continuation, payload: " ".repeat(40_000) }),
      ]),
      1009,
    ],
    [
      "a message of too many pieces",
      Buffer.concat([
        webSocketFrame({ opcode: Opcode.text, payload: "{", fin: false }),
        ...Array.from({ length: 17_000 }, () => webSocketFrame({ opcode: Opcode.continuation, fin: false })),
      ]),
      1008,
    ],
  ])("%s", async (_case, bytes, code) => {
    const { server, port } = await startServer();
    const raw = await RawSocket.webSocket(port);
    raw.write(bytes);
    await raw.ended;
    expect(raw.closeCode).toBe(code);
    await expect.poll(() => server.statistics().connections).toBe(0);
    await (await RawClient.connect(port)).settled();
  });
});

it("a message in pieces is one, and pings between them are answered at once", async () => {
  const { port } = await startServer();
  const raw = await RawSocket.webSocket(port);
  raw.send({ opcode: Opcode.text, payload: PING.slice(0, 5), fin: false });
  raw.send({ opcode: Opcode.ping, payload: "between" });
  await raw.until("between");
  expect(raw.received).not.toContain("pusher:pong");
  raw.send({ opcode: Opcode.continuation, payload: PING.slice(5, 9), fin: false });
  raw.send({ opcode: Opcode.continuation, payload: PING.slice(9) });
  await raw.until("pusher:pong");
});

it("a frame that comes byte by byte, and many that come at once, are read alike", async () => {
  const { port } = await startServer();
  const raw = await RawSocket.webSocket(port);
  raw.socket.setNoDelay(true);
  const frame = webSocketFrame({ opcode: Opcode.text, payload: PING });
  for (const byte of frame) raw.write(Buffer.from([byte]));
  await raw.until("pusher:pong");
  raw.write(Buffer.concat(Array(50).fill(frame)));
  await raw.until("pusher:pong", 51);
});

describe("JSON that nests deep", () => {
  it.each([
    [256, nestedArrays],
    [300, nestedArrays],
    [30_000, nestedArrays],
    [256, nestedObjects],
    [6_000, nestedObjects],
  ])("of %i levels is no internal error in any message", async (depth, nest) => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    await client.join("private-a");
    const deep = nest(depth);
    client.ws.send(deep);
    client.ws.send(`{"event":"client-x","channel":"private-a","data":${deep}}`);
    client.ws.send(`{"event":"pusher:subscribe","data":{"channel":${deep}}}`);
    client.ws.send(`{"event":"pusher:subscribe","data":${JSON.stringify(deep)}}`);
    client.subscribe("presence-a", `{"user_id":"1","user_info":${deep}}`);
    await client.settled();
    expect(JSON.stringify(client.received)).not.toContain("Internal error");
    client.signin(`{"id":"1","user_info":${deep}}`);
    const answer = await Promise.race([client.next("pusher:signin_success"), client.closed]);
    if ("code" in answer) expect(answer.code).toBe(4009);
  });

  it("brackets in a text are no levels", async () => {
    const { port } = await startServer();
    const [sender, receiver] = [await RawClient.connect(port), await RawClient.connect(port)];
    await sender.join("private-a");
    await receiver.join("private-a");
    const data = `${'\\"'.repeat(50)}${"[{".repeat(1_000)}`;
    sender.send({ event: "client-x", channel: "private-a", data });
    expect((await receiver.next("client-x")).data).toBe(data);
  });
});

it("names that objects know mean nothing in a frame", async () => {
  const { port } = await startServer();
  const client = await RawClient.connect(port);
  client.ws.send('{"__proto__":{"event":"pusher:ping"}}');
  client.ws.send('{"event":"__proto__","data":{"__proto__":{"channel":"a"}}}');
  client.ws.send('{"event":"pusher:subscribe","data":{"__proto__":{"channel":"a"}}}');
  await client.settled();
  for (const name of ["__proto__", "constructor", "toString"]) await client.join(name);
  const events = client.received.map((message) => message.event);
  expect(events.filter((event) => event === "pusher:error")).toHaveLength(3);
  expect(events.filter((event) => event === "pusher:pong")).toHaveLength(1);
  expect(({} as { event?: string }).event).toBeUndefined();
});

it("10,000 subscriptions from one client are answered within its limit, and affect no other client", async () => {
  const server = await startServer({ limits: { maxMessagesPerSecond: 100_000 } });
  const [greedy, other] = [await RawClient.connect(server.port), await RawClient.connect(server.port)];
  await other.join("a");
  for (let count = 0; count < 10_000; count++) greedy.subscribe(`c${count}`);
  await publish(server, { name: "n", channel: "a", data: "" });
  await other.next("n");
  await greedy.settled();
  const answers = greedy.received.map((message) => message.event);
  expect(answers.filter((event) => event === "pusher_internal:subscription_succeeded")).toHaveLength(1_000);
  expect(answers.filter((event) => event === "pusher:subscription_error")).toHaveLength(9_000);
  expect(server.server.statistics().channels).toBe(1_001);
  greedy.ws.terminate();
  await expect.poll(() => server.server.statistics().channels).toBe(1);
}, 60_000);

describe("a client that takes nothing", () => {
  const maxUnsentBytes = 256 * 1024;
  const limits = { maxUnsentBytes, maxMessagesPerSecond: 1_000_000 };

  /** The largest number of bytes that wait for any client of this process. */
  function watchBuffers(): () => number {
    const sockets = new Set<Socket>();
    const remember = (message: unknown): void => void sockets.add((message as { socket: Socket }).socket);
    diagnostics.subscribe("net.server.socket", remember);
    onTestFinished(() => void diagnostics.unsubscribe("net.server.socket", remember));
    return () => Math.max(0, ...[...sockets].map((socket) => socket.writableLength));
  }

  it("of events is closed and counted, holds a bounded number of bytes, and others get all of them", async () => {
    const buffered = watchBuffers();
    const server = await startServer({ limits });
    const [slow, quick] = [await RawSocket.webSocket(server.port), await RawClient.connect(server.port)];
    slow.send({ opcode: Opcode.text, payload: '{"event":"pusher:subscribe","data":{"channel":"a"}}' });
    await slow.until("subscription_succeeded");
    await quick.join("a");
    slow.socket.pause();
    const batch = Array.from({ length: 10 }, () => ({ channel: "a", name: "big", data: "x".repeat(10_000) }));
    let rounds = 0;
    let most = 0;
    const round = async (): Promise<void> => {
      await request(server, "POST", "/batch_events", { batch });
      most = Math.max(most, buffered());
      rounds++;
    };
    // The kernel takes some megabytes for a client that takes none.
    while (server.server.statistics().slowClientsClosed === 0 && rounds < 1_000) await round();
    expect(server.server.statistics().slowClientsClosed).toBe(1);
    for (let count = 0; count < 50; count++) await round();
    for (let count = 0; count < rounds * batch.length; count++) await quick.next("big");
    // What is on its way to the quick client counts as well; a close frame is small.
    expect(most).toBeLessThanOrEqual(maxUnsentBytes + 200);
    await expect.poll(() => server.server.statistics().connections, { timeout: 30_000 }).toBe(1);
    expect(server.server.statistics().slowClientsClosed).toBe(1);
  }, 60_000);

  it.each([
    ["of errors", webSocketFrame({ opcode: Opcode.binary, payload: "x" })],
    ["of answers", webSocketFrame({ opcode: Opcode.text, payload: PING })],
  ])(
    "%s that it asks for is closed just so",
    async (_case, frame) => {
      const buffered = watchBuffers();
      const { server, port } = await startServer({ limits });
      const raw = await RawSocket.webSocket(port);
      raw.socket.pause();
      const flood = Buffer.concat(Array(500).fill(frame));
      let most = 0;
      while (server.statistics().slowClientsClosed === 0 && !raw.socket.destroyed) {
        await new Promise<void>((resolve) => raw.socket.write(flood, () => resolve()));
        most = Math.max(most, buffered());
      }
      expect(server.statistics().slowClientsClosed).toBe(1);
      // The limit counts what is in the frames.
      expect(most).toBeLessThanOrEqual(maxUnsentBytes * 1.1);
    },
    60_000,
  );

  it("of pongs that it asks for is cut off", async () => {
    const buffered = watchBuffers();
    const { server, port } = await startServer({ limits });
    const raw = await RawSocket.webSocket(port);
    raw.socket.pause();
    const flood = Buffer.concat(Array(500).fill(webSocketFrame({ opcode: Opcode.ping, payload: "x".repeat(125) })));
    let most = 0;
    while (server.statistics().connections > 0) {
      await new Promise<void>((resolve) => void raw.socket.write(flood, () => resolve()));
      most = Math.max(most, buffered());
    }
    expect(most).toBeLessThanOrEqual(maxUnsentBytes);
  }, 60_000);
});

it.each([
  ["binary frames", webSocketFrame({ opcode: Opcode.binary, payload: "x" })],
  ["pings", webSocketFrame({ opcode: Opcode.ping })],
  ["pongs", webSocketFrame({ opcode: Opcode.pong })],
  ["messages", webSocketFrame({ opcode: Opcode.text, payload: "{}" })],
])("%s count as messages of a second", async (_case, frame) => {
  // The second does not end while they are counted.
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const { port } = await startServer({ limits: { maxMessagesPerSecond: 20 } });
  const raw = await RawSocket.webSocket(port);
  raw.write(Buffer.concat(Array(30).fill(frame)));
  // Once as an error, once in the close frame.
  await raw.until("Too many messages in a second", 2);
  expect(raw.closeCode).toBe(4100);
});
