import { describe, expect, it } from "vitest";
import { answerMember, startBackEnd, startSocketIo } from "../testing/laravel-back-end";
import { createClient, nextEvent } from "../testing/library-client";
import { connectSocketIo, createSocketIoClient } from "../testing/socket-io-client";
import type { TestServer } from "../testing/start-server";

const CHANNEL = "private-user.1";
const subscription = (headers: object = {}, channel = CHANNEL) => ({ channel, auth: { headers } });

async function isOccupied({ publisher }: TestServer, channel: string): Promise<boolean> {
  const answer = (await (await publisher.get({ path: `/channels/${channel}` })).json()) as { occupied: boolean };
  return answer.occupied;
}

describe("what the back end does not allow", () => {
  it.each([
    [403, () => ({ status: 403, body: { message: "no" } })],
    [401, () => ({ status: 401 })],
    [302, () => ({ status: 302, headers: { location: "/login" } })],
    [500, () => ({ status: 500 })],
  ])("status %i is told, and joins nothing", async (status, answer) => {
    const test = await startSocketIo(await startBackEnd(answer));
    const client = await connectSocketIo(test.port);
    const refused = client.next("subscription_error");
    client.socket.emit("subscribe", subscription());
    expect(await refused).toEqual([CHANNEL, status]);
    expect(await isOccupied(test, CHANNEL)).toBe(false);
  });

  it("a back end that is away is status 0", async () => {
    const test = await startSocketIo({ url: "http://127.0.0.1:9", questions: [] });
    const client = await connectSocketIo(test.port);
    const refused = client.next("subscription_error");
    client.socket.emit("subscribe", subscription());
    expect(await refused).toEqual([CHANNEL, 0]);
  });

  it.each([true, { channel_data: 5 }, { channel_data: "no JSON" }, { channel_data: { name: "no id" } }, "text"])(
    "a presence channel needs a member, and %j is none",
    async (body) => {
      const test = await startSocketIo(await startBackEnd(() => ({ body })));
      const client = await connectSocketIo(test.port);
      const refused = client.next("subscription_error");
      client.socket.emit("subscribe", subscription({}, "presence-room"));
      expect(await refused).toEqual(["presence-room", expect.any(Number)]);
      expect(await isOccupied(test, "presence-room")).toBe(false);
    },
  );

  it("a channel that is left while the back end thinks is not joined", async () => {
    const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const backEnd = await startBackEnd(async ({ form }) => {
      if (form.get("channel_name") !== CHANNEL) return { body: true };
      asked.resolve();
      await answer.promise;
      return { body: true };
    });
    const test = await startSocketIo(backEnd);
    const client = await connectSocketIo(test.port);
    client.socket.emit("subscribe", subscription());
    await asked.promise;
    client.socket.emit("unsubscribe", { channel: CHANNEL });
    await client.settled();
    answer.resolve();
    client.socket.emit("subscribe", subscription({}, "private-later"));
    await expect.poll(() => isOccupied(test, "private-later")).toBe(true);
    expect(await isOccupied(test, CHANNEL)).toBe(false);
  });
});

describe("what the back end is told", () => {
  it("headers of the page go along, those of the connection do not", async () => {
    const backEnd = await startBackEnd();
    const test = await startSocketIo(backEnd);
    const client = await connectSocketIo(test.port);
    client.socket.emit("subscribe", {
      ...subscription({
        ...{
          Authorization: "Bearer a",
          "X-CSRF-TOKEN": "b",
          Host: "evil.example",
          Cookie: "c=d",
          "Content-Length": "1",
        },
        ...{ "X-Forwarded-For": "9.9.9.9", "transfer-encoding": "chunked", nested: { a: 1 } },
      }),
    });
    await expect.poll(() => backEnd.questions).toHaveLength(1);
    const { headers } = backEnd.questions[0] ?? {};
    expect(headers).toMatchObject({ authorization: "Bearer a", "x-csrf-token": "b", "x-forwarded-for": "127.0.0.1" });
    expect(headers?.host).toBe(new URL(backEnd.url).host);
    expect(headers).not.toHaveProperty("cookie");
    expect(headers).not.toHaveProperty("nested");
  });

  it.each([
    ["a header with a line break", { "X-A": "a\r\nX-B: b" }],
    ["headers that are too long", { "X-A": "a".repeat(20_000) }],
  ])("%s is a 400 of our own", async (_, headers) => {
    const backEnd = await startBackEnd();
    const test = await startSocketIo(backEnd);
    const client = await connectSocketIo(test.port);
    const refused = client.next("subscription_error");
    client.socket.emit("subscribe", subscription(headers));
    expect(await refused).toEqual([CHANNEL, 400]);
    expect(backEnd.questions).toEqual([]);
  });

  it.each([
    ["a page of this server's host", "http://127.0.0.1:8000", undefined, true],
    ["no page", undefined, undefined, true],
    ["a page of another host", "https://evil.example", undefined, false],
    ["a page whose origin is opaque", "null", undefined, false],
    ["a page that the app allows", "https://shop.example", ["https://shop.example"], true],
    ["a page of another host, where the app allows every one", "https://evil.example", ["*"], false],
  ])("cookies of %s", async (_, origin, allowedOrigins, isPassed) => {
    const backEnd = await startBackEnd();
    const test = await startSocketIo(backEnd, { settings: { allowedOrigins } });
    const extraHeaders = { cookie: "session=secret", ...(origin === undefined ? {} : { origin }) };
    const client = await connectSocketIo(test.port, { extraHeaders });
    client.socket.emit("subscribe", subscription());
    await expect.poll(() => backEnd.questions).toHaveLength(1);
    expect(backEnd.questions[0]?.headers.cookie).toBe(isPassed ? "session=secret" : undefined);
  });
});

describe("who may connect", () => {
  it.each([
    ["an origin that is not allowed", { settings: { allowedOrigins: ["https://a.example"] } }, "Origin not allowed"],
    ["a disabled app", { settings: { enabled: false } }, "Application disabled"],
    ["a connection without TLS", { settings: { tlsOnly: true } }, "TLS"],
    ["one too many", { limits: { maxConnections: 0 } }, "Over capacity"],
  ])("refuses %s", async (_, setup, reason) => {
    const test = await startSocketIo(await startBackEnd(), setup);
    const headers = { origin: "https://b.example" };
    const polling = await fetch(`http://127.0.0.1:${test.port}/socket.io/?EIO=4&transport=polling`, { headers });
    expect([polling.status, await polling.json()]).toEqual([
      403,
      { code: 4, message: expect.stringContaining(reason) },
    ]);
    const { socket, next } = createSocketIoClient(test.port, { extraHeaders: headers });
    await next("connect_error");
    expect(socket.connected).toBe(false);
  });

  it("a page reads answers of polling, with cookies, from an origin that is allowed", async () => {
    const test = await startSocketIo(await startBackEnd(), { settings: { allowedOrigins: ["https://a.example"] } });
    const url = `http://127.0.0.1:${test.port}/socket.io/?EIO=4&transport=polling`;
    const allowed = await fetch(url, { headers: { origin: "https://a.example" } });
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://a.example");
    expect(allowed.headers.get("access-control-allow-credentials")).toBe("true");
    const other = await fetch(url, { headers: { origin: "https://b.example" } });
    expect([other.status, other.headers.get("access-control-allow-origin")]).toEqual([403, null]);
  });

  it("no other namespace, and nothing where it is not turned on", async () => {
    const test = await startSocketIo(await startBackEnd());
    const admin = (await connectSocketIo(test.port)).socket.io.socket("/admin");
    const [error] = await new Promise<[Error]>((resolve) => admin.once("connect_error", (...all) => resolve(all)));
    expect(error.message).toBe("Invalid namespace");
    const { startServer } = await import("../testing/start-server");
    const off = await startServer();
    expect((await fetch(`http://127.0.0.1:${off.port}/socket.io/?EIO=4&transport=polling`)).status).toBe(404);
  });
});

describe("what a client may send", () => {
  it("client events only on a channel that it is in, and by their name", async () => {
    const test = await startSocketIo(await startBackEnd());
    const pusher = createClient(test);
    const [chat, news] = [pusher.subscribe("private-chat"), pusher.subscribe("news")];
    await nextEvent(chat, "pusher:subscription_succeeded");
    const heard: string[] = [];
    chat.bind_global((event: string) => heard.push(event));
    news.bind_global((event: string) => heard.push(event));
    const outsider = await connectSocketIo(test.port);
    const send = (channel: string, event: string) =>
      outsider.socket.emit("client event", { channel, event, data: { text: "x" } });
    send("private-chat", "client-a");
    outsider.socket.emit("subscribe", { channel: "news" });
    send("news", "client-a");
    outsider.socket.emit("subscribe", subscription({}, "private-chat"));
    send("private-chat", "pusher:subscribe");
    send("private-chat", "App\\Events\\Forged");
    await outsider.settled();
    await expect.poll(async () => (await countOf(test, "private-chat")) === 2).toBe(true);
    const last = nextEvent(chat, "client-last");
    send("private-chat", "client-last");
    await last;
    expect(heard.filter((event) => !event.startsWith("pusher:"))).toEqual(["client-last"]);
  });

  it("a published event with the name of one of the client's own is kept back", async () => {
    const test = await startSocketIo(await startBackEnd());
    const client = await connectSocketIo(test.port);
    client.socket.emit("subscribe", { channel: "news" });
    await expect.poll(() => isOccupied(test, "news")).toBe(true);
    const disconnected: unknown[] = [];
    client.socket.on("disconnect", (reason) => disconnected.push(reason));
    for (const name of ["connect", "disconnect", "connect_error"]) await test.publisher.trigger("news", name, "x");
    const heard = client.next("Last");
    await test.publisher.trigger("news", "Last", "text that is no JSON");
    expect(await heard).toEqual(["news", "text that is no JSON"]);
    expect(disconnected).toEqual([]);
  });

  it("an order to close a person's sockets reaches those of Socket.IO, which stay away", async () => {
    const test = await startSocketIo(await startBackEnd(answerMember));
    const client = await connectSocketIo(test.port);
    const { publisher } = test;
    const bound = { user_ids: ["7"], expires_at: Math.floor(Date.now() / 1_000) + 60 };
    const answer = await publisher.post({
      path: `/sockets/${client.socket.id}/bindings`,
      // The library's types want text, and it writes JSON itself.
      body: bound as unknown as string,
    });
    expect(await answer.json()).toEqual({ bound: true });
    const ended = client.next("disconnect");
    await publisher.terminateUserConnections("7");
    expect((await ended)[0]).toBe("io server disconnect");
    expect(test.server.statistics().connections).toBe(0);
  });
});

async function countOf({ publisher }: TestServer, channel: string): Promise<number> {
  const response = await publisher.get({ path: `/channels/${channel}`, params: { info: "subscription_count" } });
  return ((await response.json()) as { subscription_count: number }).subscription_count;
}
