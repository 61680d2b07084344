import { once } from "node:events";
import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { sign } from "../auth/hmac";
import { blockEventLoop } from "../testing/block-event-loop";
import { FallbackClient } from "../testing/fallback-client";
import { RawClient } from "../testing/raw-client";
import { RawSocket } from "../testing/raw-socket";
import { APP, startServer } from "../testing/start-server";

const PRELUDE = `${"h".repeat(2_048)}\n`;
const subscribe = (channel: string) => ({ event: "pusher:subscribe", data: { channel } });
const ping = { event: "pusher:ping", data: {} };

/** The messages of `a[...]` lines that have come whole. */
function messagesOf(text: string): { event: string; data: unknown }[] {
  const whole = text.split("\n").slice(0, -1);
  const lines = whole.filter((line) => line.startsWith("a"));
  return lines.flatMap((line) => (JSON.parse(line.slice(1)) as string[]).map((message) => JSON.parse(message)));
}

describe("frames", () => {
  it("a poll opens, the next brings the greeting, each ends with what it brought", async () => {
    const { port } = await startServer();
    const client = new FallbackClient(port);
    expect(await client.poll()).toBe("o\n");
    expect(messagesOf(await client.poll())).toMatchObject([{ event: "pusher:connection_established" }]);
    const [answer, sent] = await Promise.all([client.poll(), client.send(ping, ping)]);
    expect(sent.status).toBe(204);
    expect(messagesOf(answer).map(({ event }) => event)).toEqual(["pusher:pong", "pusher:pong"]);
  });

  it("a stream begins with its prelude, and goes on", async () => {
    const { port, publisher } = await startServer();
    const client = new FallbackClient(port);
    const stream = await client.stream();
    expect(await stream.until((text) => text.includes("a["))).toMatch(new RegExp(`^${PRELUDE}o\na\\[`));
    await client.send(subscribe("a"));
    await publisher.trigger("a", "created", { titre: "Été" });
    const text = await stream.until((all) => all.includes("created"));
    expect(messagesOf(text).at(-1)).toEqual({ event: "created", channel: "a", data: '{"titre":"Été"}' });
    expect(stream.headers).toMatchObject({
      "content-type": "application/javascript; charset=UTF-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
  });

  it("a long stream ends with the line that makes it long, and the next goes on from there", async () => {
    // Between two streams the session waits for as long as the publishing takes.
    const { port, publisher } = await startServer({ options: { fallbackTimes: { disconnectMs: 60_000 } } });
    const client = new FallbackClient(port);
    let stream = await client.stream();
    await client.send(subscribe("a"));
    const seen: unknown[] = [];
    for (let step = 0; step < 80; step++) {
      await publisher.trigger("a", "step", { step, filler: "x".repeat(9_000) });
    }
    while (seen.length < 80) {
      const text = await Promise.race([
        stream.ended,
        stream.until((all) => messagesOf(all).length >= 80 - seen.length),
      ]);
      const steps = messagesOf(text).filter(({ event }) => event === "step");
      seen.push(...steps.map(({ data }) => (JSON.parse(String(data)) as { step: number }).step));
      // Everything before the last line is shorter than what pusher-js takes.
      expect(text.slice(0, text.lastIndexOf("\n", text.length - 2)).length).toBeLessThanOrEqual(256 * 1024);
      if (seen.length < 80) stream = await client.stream();
    }
    expect(seen).toEqual(Array.from({ length: 80 }, (_, step) => step));
  });

  it.each(["poll", "stream"] as const)("a quiet %s is sent a heartbeat", async (kind) => {
    const { port } = await startServer({ options: { fallbackTimes: { heartbeatMs: 50 } } });
    const client = new FallbackClient(port);
    if (kind === "poll") {
      await client.poll();
      await client.poll();
      expect(await client.poll()).toBe("h\n");
    } else {
      const stream = await client.stream();
      expect(await stream.until((text) => text.endsWith("\nh\nh\n"))).toContain("connection_established");
    }
  });

  it("both paths lead there, with and without what pusher-js puts before it", async () => {
    const { port } = await startServer();
    const url = `http://127.0.0.1:${port}/app/mgs-key/1/abcdefgh`;
    const post = async (path: string) => (await fetch(`${url}${path}`, { method: "POST", body: "[]" })).status;
    expect(await post("/xhr?protocol=7")).toBe(200);
    expect(await post("/xhr_send")).toBe(204);
  });
});

describe("a session", () => {
  it("has one receiver: another is refused, and the first goes on", async () => {
    const { port } = await startServer();
    const client = new FallbackClient(port);
    const stream = await client.stream();
    expect(await client.poll()).toBe('c[2010,"Another connection still open"]\n');
    expect(await (await client.stream()).ended).toBe(`${PRELUDE}c[2010,"Another connection still open"]\n`);
    await client.send(ping);
    await stream.until((text) => text.includes("pusher:pong"));
  });

  it("belongs to its app's key", async () => {
    const server = await startServer({ settings: { keys: [APP, { key: "other", secret: "s" }] } });
    await new FallbackClient(server.port, { session: "abcdefgh" }).poll();
    const stranger = new FallbackClient(server.port, { key: "other", session: "abcdefgh" });
    expect((await stranger.send(ping)).status).toBe(404);
    expect(await stranger.poll()).toBe("o\n");
    expect(server.server.statistics().connections).toBe(2);
  });

  it("ends when its stream breaks off, and its member leaves", async () => {
    const { port } = await startServer();
    const watcher = await RawClient.connect(port);
    await watcher.join("presence-a", JSON.stringify({ user_id: "1" }));
    const client = new FallbackClient(port);
    const stream = await client.stream();
    await joinPresence(client, messagesOf(await stream.until((text) => text.includes("socket_id"))));
    await watcher.next("pusher_internal:member_added");
    stream.abort();
    expect(await watcher.next("pusher_internal:member_removed")).toMatchObject({ data: '{"user_id":"2"}' });
    expect((await client.send(ping)).status).toBe(404);
  });

  it("ends when no poll comes back for a while", async () => {
    // Longer than a machine under load may take from one request to the next.
    const { port } = await startServer({ options: { fallbackTimes: { disconnectMs: 3_000 } } });
    const watcher = await RawClient.connect(port);
    await watcher.join("presence-a", JSON.stringify({ user_id: "1" }));
    const client = new FallbackClient(port);
    await client.poll();
    await joinPresence(client, messagesOf(await client.poll()));
    expect(await watcher.next("pusher_internal:member_removed")).toMatchObject({ data: '{"user_id":"2"}' });
    expect(await client.poll()).toBe("o\n");
  });

  it("goes on with a poll that came while the server was stalled", async () => {
    const disconnectMs = 3_000;
    const { port } = await startServer({ options: { fallbackTimes: { disconnectMs } } });
    const client = new FallbackClient(port);
    const raw = new RawSocket(port);
    await once(raw.socket, "connect");
    const poll = () => raw.write(`POST ${new URL(client.base).pathname}/xhr?protocol=7 HTTP/1.1\r\nHost: x\r\n\r\n`);
    poll();
    await raw.until("o\n");
    poll();
    await raw.until("connection_established");
    poll();
    blockEventLoop(disconnectMs + 1_000);
    await client.send(ping);
    await raw.until("pusher:pong");
  });

  it("thousands without a receiver come and go", async () => {
    const { server, port } = await startServer({ options: { fallbackTimes: { disconnectMs: 300 } } });
    for (let round = 0; round < 30; round++) {
      const clients = Array.from({ length: 100 }, () => new FallbackClient(port));
      expect(new Set(await Promise.all(clients.map((client) => client.poll())))).toEqual(new Set(["o\n"]));
    }
    await expect.poll(() => server.statistics().connections, { timeout: 30_000 }).toBe(0);
  }, 120_000);

  it("that takes nothing is closed when too much waits, and its next poll says so", async () => {
    const { server, port, publisher } = await startServer({
      limits: { maxUnsentBytes: 50_000 },
      options: { fallbackTimes: { disconnectMs: 60_000 } },
    });
    const client = new FallbackClient(port);
    await client.poll();
    await client.send(subscribe("a"));
    await expect.poll(() => server.statistics().channels).toBe(1);
    for (let step = 0; step < 10; step++) await publisher.trigger("a", "step", "x".repeat(9_000));
    expect(server.statistics()).toMatchObject({ slowClientsClosed: 1, connections: 0 });
    const text = await client.poll();
    expect(text.endsWith('c[4100,"Client reads too slowly"]\n')).toBe(true);
    expect(text.length).toBeLessThan(70_000);
    expect(await client.poll()).toBe('c[4100,"Client reads too slowly"]\n');
  });

  it("whose stream is not read is closed, and its connection broken", async () => {
    const { server, port, publisher } = await startServer({
      limits: { maxUnsentBytes: 100_000 },
      options: { fallbackTimes: { disconnectMs: 100 } },
    });
    const client = new FallbackClient(port);
    const stream = await client.stream();
    await client.send(subscribe("a"));
    stream.pause();
    while (server.statistics().connections > 0) await publisher.trigger("a", "step", "x".repeat(9_000));
    await expect.poll(async () => (await client.poll()).slice(0, 1)).toBe("o");
  });

  it("that sends too many messages in a second is closed", async () => {
    const { port } = await startServer({ limits: { maxMessagesPerSecond: 10 } });
    const client = new FallbackClient(port);
    const stream = await client.stream();
    await client.send(...Array.from({ length: 11 }, () => ping));
    expect(await stream.ended).toMatch(/c\[4100,"Too many messages in a second"\]\n$/);
  });

  it("that was closed is in no channel any more, although its client does not come to hear of it", async () => {
    const hours = 10 * 3_600_000;
    const { port } = await startServer({
      limits: { maxMessagesPerSecond: 10 },
      options: { fallbackTimes: { disconnectMs: hours } },
    });
    const watcher = await RawClient.connect(port);
    await watcher.join("presence-a", JSON.stringify({ user_id: "1" }));
    const client = new FallbackClient(port);
    await client.poll();
    await joinPresence(client, messagesOf(await client.poll()));
    await watcher.next("pusher_internal:member_added");
    await client.send(...Array.from({ length: 11 }, () => ping));
    expect(await watcher.next("pusher_internal:member_removed")).toMatchObject({ data: '{"user_id":"2"}' });
  });

  it("acts on what it is sent in the order of the requests, however slow their bodies are", async () => {
    const { port } = await startServer();
    const client = new FallbackClient(port);
    const stream = await client.stream();
    const slow = request(`${client.base}/xhr_send`, { method: "POST", headers: { expect: "100-continue" } });
    slow.flushHeaders();
    // The server has the first request when it asks for its body.
    await new Promise((resolve) => slow.once("continue", resolve));
    const fast = client.send({ event: "unknown" });
    slow.end(JSON.stringify([JSON.stringify(ping)]));
    await fast;
    const events = messagesOf(await stream.until((text) => text.includes("pusher:error"))).map(({ event }) => event);
    expect(events).toEqual(["pusher:connection_established", "pusher:pong", "pusher:error"]);
  });

  it("whose message breaks off is closed: it would be missing", async () => {
    const { port } = await startServer();
    const client = new FallbackClient(port);
    const stream = await client.stream();
    const broken = request(`${client.base}/xhr_send`, { method: "POST", headers: { "content-length": "100" } });
    broken.on("error", () => undefined);
    broken.write("[", () => broken.destroy());
    expect(await stream.ended).toMatch(/c\[4200,"A message was lost on its way"\]\n$/);
  });
});

describe("refusals", () => {
  it.each([
    ["an unknown key", "/pusher/app/unknown/1/abcdefgh/xhr?protocol=7", 4001],
    ["no protocol", "/pusher/app/mgs-key/1/abcdefgh/xhr", 4008],
    ["an old protocol", "/pusher/app/mgs-key/1/abcdefgh/xhr_streaming?protocol=3", 4007],
  ])("%s opens no session: the code is in the answer", async (_case, path, code) => {
    const { server, port } = await startServer();
    const text = await (await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST" })).text();
    expect(text.replace(PRELUDE, "")).toMatch(new RegExp(`^o\na\\[.*"code.*${code}.*\nc\\[${code},".+"\\]\n$`));
    expect(server.statistics().connections).toBe(0);
  });

  it.each([
    ["no JSON", "nonsense", 400],
    ["no array", '"text"', 400],
    ["nothing", "", 400],
    ["an array of others", "[1]", 400],
    ["an empty array", "[]", 204],
    ["a message above the limit", JSON.stringify(["x".repeat(70_000)]), 413],
    ["a body above the limit", JSON.stringify(["x".repeat(200_000)]), 413],
  ])("a body with %s", async (_case, body, status) => {
    const { port } = await startServer();
    const client = new FallbackClient(port);
    const stream = await client.stream();
    expect((await client.sendBody(body)).status).toBe(status);
    if (status === 413) expect(await stream.ended).toMatch(/c\[1009,"Message too big"\]\n$/);
  });

  it.each([
    ["POST", "/pusher/app/mgs-key/1/abcdefgh/xhr_send", 404],
    ["POST", "/pusher/app/mgs-key/1/short/xhr", 404],
    ["POST", "/pusher/app/mgs-key/1/abcdefgh/eventsource", 404],
    ["POST", "/pusher/app/mgs-key", 404],
    ["GET", "/pusher/app/mgs-key/1/abcdefgh/xhr", 405],
  ])("%s %s is %i", async (method, path, status) => {
    const { port } = await startServer();
    expect((await fetch(`http://127.0.0.1:${port}${path}`, { method })).status).toBe(status);
  });
});

async function joinPresence(client: FallbackClient, greeting: { data: unknown }[]): Promise<void> {
  const { socket_id }: { socket_id: string } = JSON.parse(String(greeting[0]?.data));
  const channel_data = JSON.stringify({ user_id: "2" });
  const auth = `${APP.key}:${sign(APP.secret, `${socket_id}:presence-a:${channel_data}`)}`;
  await client.send({ event: "pusher:subscribe", data: { channel: "presence-a", auth, channel_data } });
}
