import { describe, expect, it } from "vitest";
import { FallbackClient } from "../testing/fallback-client";
import { request } from "../testing/publish";
import { RawClient } from "../testing/raw-client";
import { startServer } from "../testing/start-server";
import type { WebhookEvent } from "../webhooks/webhooks";

/** The text of the next frame with this event. */
function nextText(client: RawClient, event: string): Promise<string> {
  return new Promise((resolve) => {
    client.ws.on("message", (data) => {
      const text = data.toString();
      if (text.startsWith(`{"event":"${event}"`)) resolve(text);
    });
  });
}

async function joined(port: number, channel: string, channelData?: string): Promise<RawClient> {
  const client = await RawClient.connect(port);
  await client.join(channel, channelData);
  return client;
}

/** Texts that to parse and to write again would change. */
const TEXTS = [
  '{"id":9007199254740993,"price":1.10,"far":1e400,"none":-0}',
  '{ "spaced" : [ 1 ,\t2 ] }',
  '"\\u00e9 \\/ \\ud83d\\ude00 \\u0041"',
  '"{\\"id\\":9007199254740993}"',
  "12345678901234567890.50",
  '{"twice":1,"twice":2,"10":0,"9":0}',
  '"half \\ud800"',
  '{"brackets":"}]\\\\","quote\\"":"\\\\\\"{["}',
  '"é😀\u2028"',
  '""',
  "null",
  "[]",
];

describe("the data of a client event", () => {
  it.each(TEXTS)("%s is passed on as it was sent", async (data) => {
    const { port } = await startServer();
    const [sender, receiver] = [await joined(port, "private-a"), await joined(port, "private-a")];
    const received = nextText(receiver, "client-x");
    sender.ws.send(`{"event":"client-x","channel":"private-a","data":${data}}`);
    expect(await received).toBe(`{"event":"client-x","channel":"private-a","data":${data}}`);
  });

  it.each([
    ['{"data":{"n":1.0},"channel":"private-a","event":"client-x"}', '{"n":1.0}'],
    [' {\n"event" : "client-x" ,"data"\t: [1.0 ]\n, "channel":"private-a"\r\n} ', "[1.0 ]"],
    ['{"other":{"data":1,"x":"\\"}"},"event":"client-x","channel":"private-a","data":2.0}', "2.0"],
    ['{"data":1.0,"event":"client-x","channel":"private-a","data":2.0}', "2.0"],
    ['{"event":"client-x","channel":"private-a","d\\u0061ta":"\\u0061"}', '"\\u0061"'],
    ['{"event":"client-x","data":true,"channel":"private-a"}', "true"],
  ])("is found in %s", async (frame, data) => {
    const { port } = await startServer();
    const [sender, receiver] = [await joined(port, "private-a"), await joined(port, "private-a")];
    const received = nextText(receiver, "client-x");
    sender.ws.send(frame);
    expect(await received).toBe(`{"event":"client-x","channel":"private-a","data":${data}}`);
  });

  it("may be missing", async () => {
    const { port } = await startServer();
    const [sender, receiver] = [await joined(port, "private-a"), await joined(port, "private-a")];
    const received = nextText(receiver, "client-x");
    sender.ws.send('{"event":"client-x","channel":"private-a"}');
    expect(await received).toBe('{"event":"client-x","channel":"private-a"}');
  });

  it("keeps the sender's id beside it on presence channels", async () => {
    const { port } = await startServer();
    const sender = await joined(port, "presence-a", '{"user_id":"1"}');
    const receiver = await joined(port, "presence-a", '{"user_id":"2"}');
    const received = nextText(receiver, "client-x");
    sender.ws.send('{"event":"client-x","channel":"presence-a","user_id":"2","data":{"id":9007199254740993}}');
    expect(await received).toBe(
      '{"event":"client-x","channel":"presence-a","data":{"id":9007199254740993},"user_id":"1"}',
    );
  });

  it("reaches webhooks as it was sent", async () => {
    const raised: WebhookEvent[] = [];
    const { port } = await startServer({
      settings: { webhooks: [{ url: "http://localhost:9/" }] },
      options: { webhooks: { raise: (_app, event) => void raised.push(event), stop: () => Promise.resolve() } },
    });
    const sender = await joined(port, "private-a");
    for (const data of ['{ "id":9007199254740993}', '"a \\u0062"']) {
      sender.ws.send(`{"event":"client-x","channel":"private-a","data":${data}}`);
    }
    await sender.settled();
    const data = raised.filter(({ name }) => name === "client_event").map((event) => event.data);
    expect(data).toEqual(['{ "id":9007199254740993}', "a b"]);
  });

  it("is limited as it is passed on; the content of a string counts", async () => {
    const { port } = await startServer({ limits: { maxEventBytes: 100 } });
    const [sender, receiver] = [await joined(port, "private-a"), await joined(port, "private-a")];
    for (const [name, data] of [
      ["client-spaced", `{${" ".repeat(99)}}`],
      ["client-long", `"${"x".repeat(101)}"`],
      ["client-fits", `{${" ".repeat(98)}}`],
      ["client-quotes", JSON.stringify('"'.repeat(100))],
    ] as const) {
      sender.ws.send(`{"event":"${name}","channel":"private-a","data":${data}}`);
    }
    await receiver.next("client-quotes");
    expect(receiver.received.map(({ event }) => event).filter((event) => event.startsWith("client-"))).toEqual([
      "client-fits",
      "client-quotes",
    ]);
    await sender.settled();
    expect(sender.received.filter(({ event }) => event === "pusher:error")).toHaveLength(2);
  });

  it("comes whole from a client without WebSocket, half a surrogate pair too", async () => {
    const server = await startServer();
    const receiver = await joined(server.port, "private-a");
    const sender = new FallbackClient(server.port);
    const [, socketId = ""] = /socket_id\\*":\\*"([\d.]+)/.exec(await openFallback(sender)) ?? [];
    const { auth } = server.publisher.authorizeChannel(socketId, "private-a");
    await sender.send({ event: "pusher:subscribe", data: { channel: "private-a", auth } });
    const received = nextText(receiver, "client-x");
    const message =
      '{\\"event\\":\\"client-x\\",\\"channel\\":\\"private-a\\",\\"data\\":{\\"n\\":1.0,\\"s\\":\\"\\ud800\\"}}';
    await sender.sendBody(`["${message}"]`);
    expect(await received).toBe('{"event":"client-x","channel":"private-a","data":{"n":1.0,"s":"\\ud800"}}');
  });
});

/** Opens the session and reads until it has its socket id. */
async function openFallback(client: FallbackClient): Promise<string> {
  const stream = await client.stream();
  return stream.until((text) => text.includes("socket_id"));
}

describe("data that an application signs for its users", () => {
  const INFO = '{ "matricule":9007199254740993, "solde":1.10 }';

  it("user_info is sent as it was signed, from channel_data", async () => {
    const { port } = await startServer();
    const first = await joined(port, "presence-a", '{"user_id":"1"}');
    const second = await RawClient.connect(port);
    const [added, succeeded] = [
      nextText(first, "pusher_internal:member_added"),
      nextText(second, "pusher_internal:subscription_succeeded"),
    ];
    await second.join("presence-a", `{"user_id":"2","user_info":${INFO}}`);
    expect(JSON.parse(await added).data).toBe(`{"user_id":"2","user_info":${INFO}}`);
    expect(JSON.parse(await succeeded).data).toBe(
      `{"presence":{"ids":["1","2"],"hash":{"1":null,"2":${INFO}},"count":2}}`,
    );
  });

  it("user_info is sent as it was signed, from user_data", async () => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    const userData = `{"id":"1","user_info":${INFO}, "watchlist":[]}`;
    client.signin(userData);
    expect((await client.next("pusher:signin_success")).data).toEqual({ user_data: userData });
    const joinedAt = await client.join("presence-a");
    expect(joinedAt.data).toBe(`{"presence":{"ids":["1"],"hash":{"1":${INFO}},"count":1}}`);
  });

  it("ids that are numbers stay apart, however large", async () => {
    const server = await startServer();
    const first = await joined(server.port, "presence-a", '{"user_id":9007199254740992}');
    await joined(server.port, "presence-a", '{"user_id":9007199254740993}');
    await first.next("pusher_internal:member_added");
    expect(await (await request(server, "GET", "/channels/presence-a/users")).json()).toEqual({
      users: [{ id: "9007199254740992" }, { id: "9007199254740993" }],
    });
  });
});

it.each(TEXTS)("%s as the data of a publisher's event arrives as it was sent", async (data) => {
  const server = await startServer();
  const client = await joined(server.port, "cache-a");
  await request(server, "POST", "/events", { name: "one", channel: "cache-a", data });
  await request(server, "POST", "/batch_events", { batch: [{ name: "two", channel: "cache-a", data }] });
  expect((await client.next("one")).data).toBe(data);
  expect((await client.next("two")).data).toBe(data);
  const later = await joined(server.port, "cache-a");
  expect((await later.next("two")).data).toBe(data);
});
