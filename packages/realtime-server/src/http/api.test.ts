import { request } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { createRealtimeServer } from "../server";
import { RawClient } from "../testing/raw-client";
import { createPublisher, startServer, type TestServer } from "../testing/start-server";

async function send({ port, publisher }: TestServer, method: string, path: string, body?: unknown): Promise<Response> {
  const full = `/apps/mgs${path.split("?")[0]}`;
  const params = Object.fromEntries(new URLSearchParams(path.split("?")[1]));
  const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  const signed = publisher.createSignedQueryString({ method, path: full, params, ...(text ? { body: text } : {}) });
  return fetch(`http://127.0.0.1:${port}${full}?${signed}`, { method, ...(text ? { body: text } : {}) });
}

const event = { name: "created", channel: "a", data: "{}" };
const hundred = Array.from({ length: 100 }, (_, index) => `c${index}`);

describe("answers", () => {
  it.each<[string, string, string, unknown, number, unknown?]>([
    ["one channel", "POST", "/events", event, 200, {}],
    ["100 channels", "POST", "/events", { ...event, channel: undefined, channels: hundred }, 200, {}],
    ["101 channels", "POST", "/events", { ...event, channel: undefined, channels: [...hundred, "x"] }, 400],
    ["no channel", "POST", "/events", { ...event, channel: undefined }, 400],
    ["no channels", "POST", "/events", { ...event, channel: undefined, channels: [] }, 400],
    ["a channel and channels that are null", "POST", "/events", { ...event, channels: null }, 200, {}],
    ["channels and a channel that is null", "POST", "/events", { ...event, channel: null, channels: ["b"] }, 200, {}],
    ["a channel and channels that are null", "POST", "/events", { ...event, channel: null, channels: null }, 400],
    ["info that is null", "POST", "/events", { ...event, info: null }, 200, {}],
    ["a socket_id that is null", "POST", "/events", { ...event, socket_id: null }, 200, {}],
    ["a socket_id that is empty", "POST", "/events", { ...event, socket_id: "" }, 200, {}],
    ["a bad channel name", "POST", "/events", { ...event, channel: "é" }, 400],
    ["a long channel name", "POST", "/events", { ...event, channel: "a".repeat(201) }, 400],
    ["a user without id", "POST", "/events", { ...event, channel: "#server-to-user-" }, 400],
    ["no name", "POST", "/events", { ...event, name: undefined }, 400],
    ["a long name", "POST", "/events", { ...event, name: "a".repeat(201) }, 400],
    ["no data", "POST", "/events", { ...event, data: undefined }, 400],
    ["data that is no text", "POST", "/events", { ...event, data: {} }, 400],
    ["data of 10 kB", "POST", "/events", { ...event, data: "x".repeat(10_240) }, 200, {}],
    ["data above 10 kB", "POST", "/events", { ...event, data: "x".repeat(10_241) }, 413],
    ["data above 10 kB in bytes", "POST", "/events", { ...event, data: "é".repeat(5_121) }, 413],
    ["a body above the limit", "POST", "/events", { ...event, data: "x".repeat(300_000) }, 413],
    ["a bad socket_id", "POST", "/events", { ...event, socket_id: "x" }, 400],
    ["no JSON", "POST", "/events", "nonsense", 400],
    ["an array", "POST", "/events", [], 400],
    ["no body", "POST", "/events", undefined, 400],
    [
      "info",
      "POST",
      "/events",
      { ...event, info: "subscription_count" },
      200,
      { channels: { a: { subscription_count: 0 } } },
    ],
    ["a batch", "POST", "/batch_events", { batch: [event, event] }, 200, {}],
    ["a batch of 11", "POST", "/batch_events", { batch: Array(11).fill(event) }, 400, "Batch too large"],
    [
      "nulls in a batch",
      "POST",
      "/batch_events",
      {
        batch: [
          { ...event, socket_id: null, info: null },
          { ...event, socket_id: "" },
        ],
      },
      200,
      {},
    ],
    [
      "a batch with info",
      "POST",
      "/batch_events",
      { batch: [{ ...event, info: "subscription_count" }] },
      200,
      { batch: [{ subscription_count: 0 }] },
    ],
    [
      "a batch with large data",
      "POST",
      "/batch_events",
      { batch: [event, { ...event, data: "x".repeat(10_241) }] },
      413,
    ],
    ["a user nobody knows", "POST", "/users/9/terminate_connections", undefined, 200, {}],
    ["channels", "GET", "/channels", undefined, 200, { channels: {} }],
    ["user_count of all channels", "GET", "/channels?info=user_count", undefined, 400],
    ["user_count of a public channel", "GET", "/channels/a?info=user_count", undefined, 400],
    ["users of a public channel", "GET", "/channels/a/users", undefined, 400],
    ["users of an empty channel", "GET", "/channels/presence-a/users", undefined, 200, { users: [] }],
    ["a bad name", "GET", "/channels/a%20b", undefined, 400],
    ["a bad encoding", "GET", "/channels/%E0%A4%A", undefined, 400],
    ["an unknown path", "POST", "/nothing", {}, 404],
    ["a wrong method", "DELETE", "/events", undefined, 405],
  ])("%s", async (_case, method, path, body, status, expected) => {
    const server = await startServer();
    const response = await send(server, method, path, body);
    const text = await response.text();
    expect([response.status, text]).toEqual([
      status,
      expected === undefined
        ? expect.any(String)
        : typeof expected === "string"
          ? `${expected}\n`
          : JSON.stringify(expected),
    ]);
  });

  it("of a channel and channels it is channels that count", async () => {
    const server = await startServer();
    const [one, other] = [await RawClient.connect(server.port), await RawClient.connect(server.port)];
    await Promise.all([one.join("a"), other.join("b")]);
    const both = { ...event, channel: "a", channels: ["b"], info: "subscription_count" };
    expect(await (await send(server, "POST", "/events", both)).json()).toEqual({
      channels: { b: { subscription_count: 1 } },
    });
    await other.next("created");
    await one.settled();
    expect(one.received.map((message) => message.event)).not.toContain("created");
  });

  it("a channel named twice gets the event once", async () => {
    const server = await startServer();
    const client = await RawClient.connect(server.port);
    await client.join("a");
    await send(server, "POST", "/events", { ...event, channel: undefined, channels: ["a", "a"] });
    await send(server, "POST", "/events", { ...event, name: "last" });
    await client.next("last");
    expect(client.received.filter((message) => message.event === "created")).toHaveLength(1);
  });

  it("apps of one server do not see or reach each other", async () => {
    const apps = [
      { id: "one", key: "key-1", secret: "secret-1" },
      { id: "two", key: "key-2", secret: "secret-2" },
    ] as const;
    const server = createRealtimeServer({ apps: apps.map(({ id, ...key }) => ({ id, keys: [key] })) });
    await server.listen(0);
    onTestFinished(() => server.close());
    const [one, two] = apps.map((app) => createPublisher(app, server.port));
    const client = await RawClient.connect(server.port, apps[0]);
    await client.join("a");
    expect(await (await two?.get({ path: "/channels" }))?.json()).toEqual({ channels: {} });
    await two?.trigger("a", "foreign", {});
    await one?.trigger("a", "own", {});
    await client.next("own");
    expect(client.received.map((message) => message.event)).not.toContain("foreign");
    const mixed = createPublisher({ ...apps[1], id: "one" }, server.port);
    await expect(mixed.trigger("a", "foreign", {})).rejects.toMatchObject({ status: 401 });
  });
});

describe("the rest of the port", () => {
  it.each([
    ["GET", "/health/live", 200],
    ["GET", "/health/ready", 200],
    ["POST", "/health/live", 405],
    ["GET", "/nowhere", 404],
    ["GET", "/apps", 404],
    ["GET", "/apps/%E0%A4%A/channels", 404],
    ["GET", "/app/mgs-key", 426],
    ["GET", "//", 404],
    ["GET", "nonsense", 400],
    ["GET", "http://anywhere.example/health/live", 200],
    ["GET", "https://anywhere.example:8443/nowhere?x=1", 404],
    ["GET", "http://anywhere.example", 200],
    ["GET", "http://anywhere.example?x=1", 200],
    ["GET", "http:///health/live", 400],
    ["GET", "http://user@anywhere.example/health/live", 400],
    ["GET", "ftp://anywhere.example/health/live", 400],
    ["OPTIONS", "*", 400],
  ])("%s %s is %i", async (method, path, status) => {
    const { port } = await startServer();
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      request({ port, method, path }, (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });
    expect(answered).toBe(status);
  });

  it("an offer of another protocol is ordinary HTTP", async () => {
    const { port } = await startServer();
    const status = await new Promise((resolve, reject) => {
      const headers = { connection: "upgrade", upgrade: "h2c" };
      request({ port, path: "/health/live", headers }, (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(200);
  });

  it.each(["127.0.0.1", "localhost"])("is reached by %s", async (host) => {
    const { port } = await startServer();
    expect(await (await fetch(`http://${host}:${port}/health/ready`)).json()).toEqual({ status: "ok", ready: true });
  });
});
