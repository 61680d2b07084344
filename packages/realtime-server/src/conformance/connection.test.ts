import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { AppDefinition } from "../apps";
import { RawClient } from "../testing/raw-client";
import { Opcode, RawSocket } from "../testing/raw-socket";
import { APP, startServer } from "../testing/start-server";

const DAY_MS = 24 * 60 * 60_000;

/** A client that says it speaks that version of the protocol. */
const speaking = (version: string | number, port: number) =>
  new RawClient(`ws://127.0.0.1:${port}/app/${APP.key}?protocol=${encodeURIComponent(version)}&client=x`);

describe("versions", () => {
  it.each([4, 5, 6, 7])("protocol %i is spoken", async (version) => {
    const { port } = await startServer();
    const client = speaking(version, port);
    await client.next("pusher:connection_established");
    client.subscribe("a");
    await client.next("pusher_internal:subscription_succeeded", "a");
  });

  it.each(["1", "2", "3", "8", "70"])("protocol %s is not, and is closed with 4007", async (version) => {
    const { port } = await startServer();
    expect((await speaking(version, port).closed).code).toBe(4007);
  });

  it.each(["", "7.0", "-7", "7 ", "0x7", "٧"])(
    "the version %j is closed with 4006, or 4008 when it is empty",
    async (version) => {
      const { port } = await startServer();
      expect((await speaking(version, port).closed).code).toBe(version === "" ? 4008 : 4006);
    },
  );
});

describe("silence", () => {
  it("a client that does not know pusher:ping is not asked, and closed with 4202 after 24 hours", async () => {
    const { port } = await startServer({ limits: { activityTimeoutMs: 40, pongTimeoutMs: 40 } });
    const old = speaking(4, port);
    await old.next("pusher:connection_established");
    const asked = await RawClient.connect(port);
    expect((await asked.closed).code).toBe(4201);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + DAY_MS });
    try {
      expect((await old.closed).code).toBe(4202);
    } finally {
      vi.useRealTimers();
    }
    expect(old.received.map((message) => message.event)).toEqual(["pusher:connection_established", "pusher:error"]);
  });

  it("any frame is a sign of life: a WebSocket ping as well", async () => {
    const { port } = await startServer({ limits: { activityTimeoutMs: 60, pongTimeoutMs: 60_000 } });
    const raw = await RawSocket.webSocket(port);
    await raw.until("pusher:ping");
    // Answered by a pong of WebSocket alone: the question is asked anew, so the answer counted.
    for (let round = 2; round < 5; round++) {
      raw.send({ opcode: Opcode.pong });
      await raw.until("pusher:ping", round);
    }
  });

  it("a WebSocket ping is answered by a pong with its data", async () => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    const answered = new Promise<string>((resolve) => client.ws.once("pong", (data) => resolve(data.toString())));
    client.ws.ping("salama");
    expect(await answered).toBe("salama");
  });

  it("a client that vanished without a word is closed after the pong timeout", async () => {
    const { server, port } = await startServer({ limits: { activityTimeoutMs: 60, pongTimeoutMs: 60 } });
    const raw = await RawSocket.webSocket(port);
    raw.socket.pause();
    // Nothing answers any more, and nothing says that it is over: what a lost network looks like.
    await expect.poll(() => server.statistics().connections, { timeout: 30_000 }).toBe(0);
  }, 60_000);
});

describe("closing", () => {
  it("a client may leave at any time, and its code is returned", async () => {
    const { server, port } = await startServer();
    const client = await RawClient.connect(port);
    client.ws.close(1000, "bye");
    expect((await client.closed).code).toBe(1000);
    await expect.poll(() => server.statistics().connections).toBe(0);
  });

  describe("ends the client's subscriptions and sign-in at the Close frame of either side, however long TCP goes on", () => {
    const channel = "presence-room";
    const memberOf = (id: string) => JSON.stringify({ user_id: id });

    /** A watcher of the room; no timer can end a connection. */
    async function start(settings: Partial<AppDefinition> = {}) {
      const started = await startServer({ settings });
      const watcher = await RawClient.connect(started.port);
      await watcher.join(channel, memberOf("watcher"));
      vi.useFakeTimers({ toFake: ["setTimeout"] });
      onTestFinished(() => void vi.useRealTimers());
      return { ...started, watcher };
    }

    /** Is in the room and signed in, and reads nothing from now on, so that it never ends its TCP connection. */
    async function connectLeaver(port: number): Promise<RawClient> {
      const client = await RawClient.connect(port);
      client.signin(JSON.stringify({ id: "leaver" }));
      await client.next("pusher:signin_success");
      await client.join(channel, memberOf("leaver"));
      client.ws.pause();
      return client;
    }

    async function expectAlone({ server, publisher, watcher }: Awaited<ReturnType<typeof start>>): Promise<void> {
      await watcher.next("pusher_internal:member_removed");
      expect(server.statistics()).toMatchObject({ connections: 1, channels: 1, signedInUsers: 0 });
      const answer = await publisher.get({ path: `/channels/${channel}`, params: { info: "user_count" } });
      expect(await answer.json()).toMatchObject({ user_count: 1 });
    }

    it("the client's", async () => {
      const started = await start();
      (await connectLeaver(started.port)).ws.close(1000);
      await expectAlone(started);
    });

    it("the server's", async () => {
      const started = await start();
      await connectLeaver(started.port);
      await started.publisher.terminateUserConnections("leaver");
      await expectAlone(started);
    });

    it("makes room in an app's quota at once", async () => {
      const started = await start({ limits: { maxAppConnections: 2 } });
      (await connectLeaver(started.port)).ws.close(1000);
      await expectAlone(started);
      await RawClient.connect(started.port);
    });
  });

  it("an app over its quota is 4004, and another app of the server is not", async () => {
    const { server, port } = await startServer({ settings: { limits: { maxAppConnections: 1 } } });
    server.replaceApps([
      { id: APP.id, keys: [APP], limits: { maxAppConnections: 1 } },
      { id: "other", keys: [{ key: "other-key", secret: "s" }] },
    ]);
    const first = await RawClient.connect(port);
    const second = speaking(7, port);
    expect((await second.next("pusher:error")).data).toMatchObject({ code: 4004 });
    expect((await second.closed).code).toBe(4004);
    await RawClient.connect(port, { id: "other", key: "other-key", secret: "s" });
    first.ws.close();
    await first.closed;
    await expect.poll(() => server.statistics().connections).toBe(1);
    await RawClient.connect(port);
  });

  it("a refused client that never acknowledges is not kept", async () => {
    const { port } = await startServer();
    const raw = new RawSocket(port);
    raw.write(
      "GET /app/nobody?protocol=7 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OTAxMjM0NQ==\r\n\r\n",
    );
    await raw.ended;
    expect(raw.received).toContain('"code":4001');
    expect(raw.closeCode).toBe(4001);
  }, 60_000);
});

it("clients of a disabled or removed app are closed with 4003 or 4001", async () => {
  const { server, port } = await startServer();
  const first = await RawClient.connect(port);
  server.replaceApps([{ id: APP.id, keys: [APP], enabled: false }]);
  expect((await first.closed).code).toBe(4003);
  server.replaceApps([{ id: APP.id, keys: [APP] }]);
  const second = await RawClient.connect(port);
  server.replaceApps([]);
  expect((await second.closed).code).toBe(4001);
});
