import { io } from "socket.io-client";
import { expect, it, onTestFinished } from "vitest";
import { createClient, nextEvent, subscribed } from "../testing/library-client";
import { startServer, type TestServer } from "../testing/start-server";

const KEY = "echo-http-key-of-a-test";

const start = (): Promise<TestServer> =>
  startServer({
    options: {
      socketIo: {
        ...{ appId: "mgs", httpKey: KEY },
        authorization: { hosts: ["http://127.0.0.1:9"], endpoint: "/broadcasting/auth" },
      },
    },
  });

const ask = ({ port }: TestServer, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/apps/mgs${path}`, { headers: { authorization: `Bearer ${KEY}` }, ...init });

const publish = (test: TestServer, body: unknown): Promise<Response> =>
  ask(test, `/events?auth_key=${KEY}`, {
    ...{ method: "POST", headers: { "content-type": "application/json" } },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

it("publishes to clients of both protocols, with data as JSON or as its text", async () => {
  const test = await start();
  const socket = io(`http://127.0.0.1:${test.port}`, { transports: ["websocket"], reconnection: false });
  onTestFinished(() => void socket.disconnect());
  socket.emit("subscribe", { channel: "news" });
  const channel = createClient(test).subscribe("news");
  await nextEvent(channel, "pusher:subscription_succeeded");
  const channels = async () => (await (await ask(test, "/channels")).json()) as unknown;
  await expect.poll(channels).toEqual({ channels: { news: { subscription_count: 2, occupied: true } } });

  for (const data of [{ n: 1 }, '{"n":1}']) {
    const [byPusher, bySocketIo] = [
      nextEvent(channel, "Saved"),
      new Promise((heard) => socket.once("Saved", (...all) => heard(all))),
    ];
    const response = await publish(test, { channel: "news", name: "Saved", data });
    expect([response.status, await response.json()]).toEqual([200, { message: "ok" }]);
    expect(await byPusher).toEqual({ n: 1 });
    expect(await bySocketIo).toEqual(["news", { n: 1 }]);
  }
});

it("tells status, channels and the people of a presence channel", async () => {
  const test = await start();
  await subscribed(createClient(test, { id: "7", name: "Rado" }), "presence-room");
  await subscribed(createClient(test, { id: "7", name: "Rado" }), "presence-room");
  const read = async (path: string) => (await (await ask(test, path)).json()) as unknown;
  expect(await read("/channels/presence-room")).toEqual({ subscription_count: 2, occupied: true, user_count: 1 });
  expect(await read("/channels/presence-room/users")).toEqual({ users: [{ id: "7", user_info: { name: "Rado" } }] });
  expect(await read("/channels/news")).toEqual({ subscription_count: 0, occupied: false });
  expect(await read("/channels?filter_by_prefix=private-")).toEqual({ channels: {} });
  expect(await read("/status")).toMatchObject({ subscription_count: 2, uptime: expect.any(Number) });
});

it.each<[string, string, RequestInit, number, string]>([
  ["a wrong key", "/status", { headers: { authorization: "Bearer wrong" } }, 403, "Unauthorized"],
  ["a wrong key in the query", "/status?auth_key=wrong", { headers: {} }, 403, "Unauthorized"],
  ["users of a public channel", "/channels/news/users", {}, 400, "User list is only possible for Presence Channels"],
  ["a name that is none", "/channels/%20", {}, 400, "Invalid channel name"],
  ["a broken escape", "/channels/%E0%A4%A", {}, 400, "Invalid channel name"],
  ["an unknown address", "/people", {}, 404, "Not found"],
  ["another method", "/status", { method: "PUT" }, 405, "Method not allowed"],
])("refuses %s", async (_, path, init, status, error) => {
  const response = await ask(await start(), path, init);
  expect([response.status, await response.json()]).toEqual([status, { error }]);
});

it.each([
  ["no JSON", "{"],
  ["no channel", { name: "Saved", data: {} }],
  ["no name", { channel: "news", data: {} }],
  ["no data", { channel: "news", name: "Saved" }],
  ["a channel with a space", { channel: "ne ws", name: "Saved", data: {} }],
  ["101 channels", { channels: Array.from({ length: 101 }, (_, n) => `c${n}`), name: "Saved", data: {} }],
  ["a socket that is none", { channel: "news", name: "Saved", data: {}, socket_id: "abc" }],
])("refuses an event with %s", async (_, body) => {
  const response = await publish(await start(), body);
  expect([response.status, await response.json()]).toEqual([400, { error: expect.any(String) }]);
});

it("refuses data over the limit of the app", async () => {
  const response = await publish(await start(), { channel: "news", name: "Saved", data: "x".repeat(20_000) });
  expect([response.status, await response.json()]).toEqual([413, { error: expect.any(String) }]);
});

it("leaves requests without a key, and signed ones, to Pusher's rules", async () => {
  const test = await start();
  expect((await fetch(`http://127.0.0.1:${test.port}/apps/mgs/channels`)).status).toBe(401);
  expect((await test.publisher.get({ path: "/channels" })).status).toBe(200);
});
