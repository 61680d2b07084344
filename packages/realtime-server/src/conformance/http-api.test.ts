import { createHash } from "node:crypto";
import { Agent, request as httpRequest } from "node:http";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { sign } from "../auth/hmac";
import { createClient, subscribed } from "../testing/library-client";
import { publish, request } from "../testing/publish";
import { RawClient } from "../testing/raw-client";
import { APP, startServer, type TestServer } from "../testing/start-server";

const now = (): number => Math.floor(Date.now() / 1000);
const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
type Pairs = [string, string][];

/** Signs these parameters as the reference says, values of one name in their order. */
function signed(method: string, path: string, extra: Pairs, body = ""): Pairs {
  const pairs: Pairs = [
    ["auth_key", APP.key],
    ["auth_timestamp", String(now())],
    ["auth_version", "1.0"],
    ...(body === "" ? [] : ([["body_md5", md5(body)]] satisfies Pairs)),
    ...extra,
  ];
  const text = pairs
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  return [...pairs, ["auth_signature", sign(APP.secret, [method, path, text].join("\n"))]];
}

function send({ port }: TestServer, method: string, path: string, pairs: Pairs, body = ""): Promise<Response> {
  const query = new URLSearchParams(pairs);
  return fetch(`http://127.0.0.1:${port}${path}?${query}`, { method, ...(body === "" ? {} : { body }) });
}

describe("parameters", () => {
  it("the worked example of the reference has this signature", () => {
    const text = [
      "POST",
      "/apps/3/events",
      "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0&body_md5=ec365a775a4cd0599faeb73354201b6f",
    ].join("\n");
    expect(sign("7ad3773142a6692b25b8", text)).toBe("da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c");
  });

  it("an event may stand in the query, its channels as channels[]", async () => {
    const server = await startServer();
    const client = await RawClient.connect(server.port);
    await client.join("a");
    await client.join("b");
    const path = "/apps/mgs/events";
    const event: Pairs = [
      ["name", "n"],
      ["data", '{"é":"+ & ="}'],
      ["channels[]", "b"],
      ["channels[]", "a"],
    ];
    const answer = await send(server, "POST", path, signed("POST", path, event));
    expect([answer.status, await answer.text()]).toEqual([200, "{}"]);
    expect((await client.next("n", "a")).data).toBe('{"é":"+ & ="}');
    await client.next("n", "b");
  });

  it("capital names are acted on as they are signed", async () => {
    const server = await startServer();
    await subscribed(createClient(server), "presence-a");
    const path = "/apps/mgs/channels/presence-a";
    const answer = await send(server, "GET", path, signed("GET", path, [["INFO", "user_count"]]));
    expect(await answer.json()).toEqual({ occupied: true, user_count: 1 });
  });

  it("a parameter given twice is signed with both of its values", async () => {
    const server = await startServer();
    await subscribed(createClient(server), "presence-a");
    const path = "/apps/mgs/channels";
    const right = signed("GET", path, [
      ["filter_by_prefix", "presence-"],
      ["filter_by_prefix", "x"],
    ]);
    expect(await (await send(server, "GET", path, right)).json()).toEqual({ channels: { "presence-a": {} } });
  });

  it.each<[string, Pairs]>([
    ["before", [["filter_by_prefix", ""]]],
    ["in capitals", [["FILTER_BY_PREFIX", ""]]],
    ["of another name", [["info", "user_count"]]],
  ])("a parameter added to a signed request, %s, is refused", async (_case, added) => {
    const server = await startServer();
    const path = "/apps/mgs/channels";
    const captured = signed("GET", path, [["filter_by_prefix", "presence-"]]);
    expect((await send(server, "GET", path, [...added, ...captured])).status).toBe(401);
    expect((await send(server, "GET", path, [...captured, ...added])).status).toBe(401);
    expect((await send(server, "GET", path, captured)).status).toBe(200);
  });

  it.each(["auth_key", "auth_timestamp", "auth_version", "auth_signature", "body_md5"])(
    "%s given twice is refused",
    async (name) => {
      const server = await startServer();
      const path = "/apps/mgs/events";
      const body = JSON.stringify({ name: "n", channel: "a", data: "" });
      const pairs = signed("POST", path, [], body);
      const again = pairs.filter(([own]) => own === name);
      expect((await send(server, "POST", path, [...pairs, ...again], body)).status).toBe(401);
      const upper = again.map(([own, value]): [string, string] => [own.toUpperCase(), value]);
      expect((await send(server, "POST", path, [...upper, ...pairs], body)).status).toBe(401);
    },
  );

  it("requests may come again and in another order, as long as their time is right", async () => {
    const server = await startServer();
    const client = await RawClient.connect(server.port);
    await client.join("a");
    const path = "/apps/mgs/events";
    const requests = ["one", "two"].map((name) => {
      const body = JSON.stringify({ name, channel: "a", data: "" });
      return { body, pairs: signed("POST", path, [], body) };
    });
    for (const { pairs, body } of [...requests].reverse()) await send(server, "POST", path, pairs.toReversed(), body);
    for (const { pairs, body } of requests) expect((await send(server, "POST", path, pairs, body)).status).toBe(200);
    for (const name of ["two", "one", "one", "two"]) await client.next(name);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 601_000 });
    onTestFinished(() => void vi.useRealTimers());
    for (const { pairs, body } of requests) expect((await send(server, "POST", path, pairs, body)).status).toBe(401);
  });

  it("a request signed for one body, method or path is none for another", async () => {
    const server = await startServer();
    const body = JSON.stringify({ name: "n", channel: "a", data: "" });
    const pairs = signed("POST", "/apps/mgs/events", [], body);
    expect((await send(server, "POST", "/apps/mgs/batch_events", pairs, body)).status).toBe(401);
    expect((await send(server, "POST", "/apps/mgs/events", pairs, body.replace('"n"', '"m"'))).status).toBe(401);
    expect((await send(server, "POST", "/apps/mgs/events", pairs)).status).toBe(401);
    const get = signed("GET", "/apps/mgs/channels", []);
    expect((await send(server, "GET", "/apps/mgs/channels/a", get)).status).toBe(401);
    expect((await send(server, "GET", "/apps/mgs//channels", get)).status).toBe(404);
  });
});

describe("rates", () => {
  it("above an app's events a second it is 429 with Retry-After, and nothing is sent", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const server = await startServer({ settings: { limits: { maxEventsPerSecond: 5 } } });
    const client = await RawClient.connect(server.port);
    await client.join("a");
    const four = { name: "n", data: "", channels: ["a", "b", "c", "d"] };
    expect((await publish(server, four)).status).toBe(200);
    const refused = await publish(server, { ...four, name: "refused" });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    const batch = { batch: [1, 2].map(() => ({ name: "refused", channel: "a", data: "" })) };
    expect((await request(server, "POST", "/batch_events", batch)).status).toBe(429);
    expect((await publish(server, { name: "fifth", channel: "a", data: "" })).status).toBe(200);
    expect((await request(server, "GET", "/channels")).status).toBe(200);
    vi.setSystemTime(Date.now() + 1_000);
    expect((await publish(server, { ...four, name: "later" })).status).toBe(200);
    await client.next("later");
    const seen = client.received.map((message) => message.event);
    expect(seen).toContain("fifth");
    expect(seen).not.toContain("refused");
  });

  it("one app's rate is not another's", async () => {
    const { server, ...rest } = await startServer();
    server.replaceApps([
      { id: APP.id, keys: [APP], limits: { maxEventsPerSecond: 1 } },
      { id: "other", keys: [{ key: "other", secret: "s" }], limits: { maxEventsPerSecond: 1 } },
    ]);
    const event = { name: "n", channel: "a", data: "" };
    expect((await publish({ server, ...rest }, event)).status).toBe(200);
    const body = JSON.stringify(event);
    const text = `auth_key=other&auth_timestamp=${now()}&auth_version=1.0&body_md5=${md5(body)}`;
    const signature = sign("s", `POST\n/apps/other/events\n${text}`);
    const url = `http://127.0.0.1:${rest.port}/apps/other/events?${text}&auth_signature=${signature}`;
    expect((await fetch(url, { method: "POST", body })).status).toBe(200);
  });
});

describe("keep-alive", () => {
  it("one connection serves on after each kind of answer", async () => {
    const server = await startServer({ limits: { maxHttpBodyBytes: 20_000 } });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const ports = new Set<number | undefined>();
    const event = JSON.stringify({ name: "n", channel: "a", data: "" });
    const path = "/apps/mgs/events";
    const cases: [string, string, string, number][] = [
      ["POST", `${path}?${new URLSearchParams(signed("POST", path, [], event))}`, event, 200],
      ["POST", `${path}?${new URLSearchParams(signed("POST", path, [], "{}"))}`, "{}", 400],
      ["POST", path, event, 401],
      ["POST", "/apps/nobody/events", event, 404],
      ["POST", "/nothing", event, 404],
      ["PUT", path, event, 405],
      ["POST", path, "x".repeat(20_001), 413],
      ["POST", path, "x".repeat(200_000), 413],
      ["GET", "/app/mgs-key", "", 426],
      ["GET", "/health/live", "", 200],
    ];
    for (const [method, target, body, status] of cases) {
      const answered = await new Promise<number | undefined>((resolve, reject) => {
        const sent = httpRequest({ port: server.port, agent, method, path: target }, (response) => {
          ports.add(response.socket.localPort);
          response.resume().once("end", () => resolve(response.statusCode));
        });
        sent.once("error", reject).end(body);
      });
      expect([target, answered]).toEqual([target, status]);
    }
    expect(ports.size).toBe(1);
  });

  it("a body without end is answered 413 and cut off", async () => {
    const server = await startServer({ limits: { maxHttpBodyBytes: 1_000 } });
    const answered = await new Promise<number | undefined>((resolve) => {
      const sent = httpRequest({ port: server.port, method: "POST", path: "/apps/mgs/events" }, (response) => {
        resolve(response.resume().statusCode);
      });
      const piece = Buffer.alloc(4_096);
      const more = (): void => {
        if (!sent.destroyed) sent.write(piece, () => setImmediate(more));
      };
      sent.on("error", () => undefined);
      more();
    });
    expect(answered).toBe(413);
  });
});

describe("info", () => {
  it("tells of each channel what it has, for events and batches", async () => {
    const server = await startServer();
    const client = await RawClient.connect(server.port);
    await client.join("presence-a", JSON.stringify({ user_id: "1" }));
    await client.join("a");
    const info = "user_count,subscription_count,unknown";
    const event = { name: "n", data: "", info };
    const answer = await publish(server, { ...event, channels: ["presence-a", "a", "empty", "#server-to-user-1"] });
    expect(await answer.json()).toEqual({
      channels: {
        "presence-a": { user_count: 1, subscription_count: 1 },
        a: { subscription_count: 1 },
        empty: { subscription_count: 0 },
        "#server-to-user-1": { subscription_count: 0 },
      },
    });
    const batch = [
      { ...event, channel: "presence-a" },
      { name: "n", data: "", channel: "presence-a" },
      { ...event, channel: "a" },
    ];
    expect(await (await request(server, "POST", "/batch_events", { batch })).json()).toEqual({
      batch: [{ user_count: 1, subscription_count: 1 }, {}, { subscription_count: 1 }],
    });
  });

  it("counts distinct users, and subscriptions of every socket", async () => {
    const server = await startServer();
    for (const id of ["1", "1", "2"]) {
      const client = await RawClient.connect(server.port);
      await client.join("presence-a", JSON.stringify({ user_id: id }));
    }
    const path = "/channels/presence-a?info=user_count,subscription_count";
    expect(await (await request(server, "GET", path)).json()).toEqual({
      occupied: true,
      user_count: 2,
      subscription_count: 3,
    });
    expect(await (await request(server, "GET", "/channels/presence-a/users")).json()).toEqual({
      users: [{ id: "1" }, { id: "2" }],
    });
  });
});

it("a socket_id that is left out is left out on every channel of the event", async () => {
  const server = await startServer();
  const [author, reader] = [await RawClient.connect(server.port), await RawClient.connect(server.port)];
  for (const channel of ["a", "b"]) {
    await author.join(channel);
    await reader.join(channel);
  }
  await publish(server, { name: "n", data: "", channels: ["a", "b"], socket_id: author.socketId });
  await publish(server, { name: "last", data: "", channel: "b" });
  await reader.next("n", "a");
  await reader.next("n", "b");
  await author.next("last");
  expect(author.received.map((message) => message.event)).not.toContain("n");
});
