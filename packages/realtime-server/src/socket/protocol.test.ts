import { describe, expect, it, onTestFinished, vi } from "vitest";
import { sign } from "../auth/hmac";
import { RawClient } from "../testing/raw-client";
import { APP, startServer } from "../testing/start-server";

const presence = (id: string, info: unknown = { name: id }): string => JSON.stringify({ user_id: id, user_info: info });
const data = (message: { data?: unknown }): unknown => JSON.parse(String(message.data));

describe("connecting", () => {
  it("tells the socket id and the activity timeout, as JSON in a string", async () => {
    const { port } = await startServer();
    const client = new RawClient(`ws://127.0.0.1:${port}/app/${APP.key}?protocol=7&client=test&version=1`);
    const message = await client.next("pusher:connection_established");
    expect(data(message)).toEqual({ socket_id: expect.stringMatching(/^\d+\.\d+$/), activity_timeout: 120 });
  });

  it.each([
    ["an unknown key", "/app/nobody?protocol=7", 4001],
    ["another path", "/sockets?protocol=7", 4005],
    ["a version that is no number", `/app/${APP.key}?protocol=seven`, 4006],
    ["a version of the past", `/app/${APP.key}?protocol=3`, 4007],
    ["a version of the future", `/app/${APP.key}?protocol=8`, 4007],
    ["no version", `/app/${APP.key}`, 4008],
  ])("%s is an error and a close with its code", async (_case, path, code) => {
    const { port } = await startServer();
    const client = new RawClient(`ws://127.0.0.1:${port}${path}`);
    expect((await client.next("pusher:error")).data).toMatchObject({ code });
    expect((await client.closed).code).toBe(code);
  });

  it("a disabled app is 4003, a full server 4100", async () => {
    const disabled = await startServer({ settings: { enabled: false } });
    const refused = new RawClient(`ws://127.0.0.1:${disabled.port}/app/${APP.key}?protocol=7`);
    expect((await refused.closed).code).toBe(4003);
    const full = await startServer({ limits: { maxConnections: 1 } });
    await RawClient.connect(full.port);
    const second = new RawClient(`ws://127.0.0.1:${full.port}/app/${APP.key}?protocol=7`);
    expect((await second.closed).code).toBe(4100);
  });
});

describe("subscribing", () => {
  it.each([
    ["no signature", "private-a", ""],
    ["another channel's signature", "private-a", "other-channel"],
    ["another socket's signature", "private-a", "other-socket"],
    ["an unknown key", "private-a", "other-key"],
    ["a wrong secret", "presence-a", "wrong"],
    ["an encrypted channel without signature", "private-encrypted-a", ""],
  ])("%s is refused with 401", async (_case, channel, how) => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    const auth = {
      "": "",
      "other-channel": `${APP.key}:${sign(APP.secret, `${client.socketId}:private-b`)}`,
      "other-socket": `${APP.key}:${sign(APP.secret, `1.1:${channel}`)}`,
      "other-key": `nobody:${sign(APP.secret, `${client.socketId}:${channel}`)}`,
      wrong: `${APP.key}:${sign("wrong", `${client.socketId}:${channel}:${presence("1")}`)}`,
    }[how];
    client.subscribe(channel, channel.startsWith("presence-") ? presence("1") : undefined, auth);
    const message = await client.next("pusher:subscription_error", channel);
    expect(message.data).toMatchObject({ type: "AuthError", status: 401 });
  });

  it("channel_data is signed on private channels too", async () => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    await client.join("private-a", "{}");
    client.subscribe("private-b", "{}", `${APP.key}:${sign(APP.secret, `${client.socketId}:private-b`)}`);
    expect((await client.next("pusher:subscription_error")).data).toMatchObject({ status: 401 });
  });

  it.each(["", "with space", "é", "a".repeat(201), "#server-to-user-1", "slash/ed", "a\n"])(
    "the name %j is refused with 400",
    async (channel) => {
      const { port } = await startServer();
      const client = await RawClient.connect(port);
      client.signin(JSON.stringify({ id: "2" }));
      client.subscribe(channel);
      const message = await client.next("pusher:subscription_error");
      expect(message).toMatchObject({ channel, data: { type: "InvalidChannel", status: 400 } });
    },
  );

  it.each([
    ["no JSON", "nonsense", 400],
    ["no user_id", "{}", 400],
    ["a long user_id", presence("x".repeat(129)), 413],
    ["a large user_info", presence("1", "x".repeat(1025)), 413],
  ])("presence with %s is refused", async (_case, channelData, status) => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    client.subscribe("presence-a", channelData);
    expect((await client.next("pusher:subscription_error")).data).toMatchObject({ status });
  });

  it("presence is full at its limit, but not for its members", async () => {
    const { port } = await startServer({ limits: { maxPresenceMembers: 1 } });
    const [first, again, second] = await Promise.all([1, 2, 3].map(() => RawClient.connect(port)));
    await first?.join("presence-a", presence("1"));
    await again?.join("presence-a", presence("1"));
    second?.subscribe("presence-a", presence("2"));
    expect((await second?.next("pusher:subscription_error"))?.data).toMatchObject({
      type: "LimitReached",
      status: 403,
    });
  });

  it("presence takes numeric ids and ids that objects know", async () => {
    const { port } = await startServer();
    const [first, second] = await Promise.all([RawClient.connect(port), RawClient.connect(port)]);
    await first.join("presence-a", JSON.stringify({ user_id: 7 }));
    const joined = await second.join("presence-a", presence("__proto__"));
    expect(String(joined.data)).toContain('"ids":["7","__proto__"]');
    expect(String(joined.data)).toContain('"__proto__":{"name":"__proto__"}');
    expect(data(await first.next("pusher_internal:member_added"))).toMatchObject({ user_info: { name: "__proto__" } });
    second.ws.terminate();
    expect(data(await first.next("pusher_internal:member_removed"))).toEqual({ user_id: "__proto__" });
  });

  it.each([
    ["an object", { user_id: "1" }],
    ["a number", 1],
    ["a boolean", false],
  ])("channel_data that is %s is the channel's error", async (_case, channelData) => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    const auth = `${APP.key}:${sign(APP.secret, `${client.socketId}:presence-a`)}`;
    client.send({ event: "pusher:subscribe", data: { channel: "presence-a", auth, channel_data: channelData } });
    expect(await client.next("pusher:subscription_error")).toMatchObject({
      channel: "presence-a",
      data: { type: "AuthError", status: 400 },
    });
    client.send({ event: "pusher:subscribe", data: { channel: "private-a", auth: { auth } } });
    expect(await client.next("pusher:subscription_error")).toMatchObject({
      channel: "private-a",
      data: { status: 401 },
    });
    await client.settled();
    expect(client.received.map(({ event }) => event)).not.toContain("pusher:error");
  });

  it("a second subscription is an error, one after leaving is not", async () => {
    const { port, publisher } = await startServer();
    const client = await RawClient.connect(port);
    await client.join("a");
    client.subscribe("a");
    await client.next("pusher:error", "a");
    client.send({ event: "pusher:unsubscribe", data: { channel: "a" } });
    await client.settled();
    await publisher.trigger("a", "unheard", {});
    await client.join("a");
    await publisher.trigger("a", "heard", {});
    await client.next("heard");
    expect(client.received.map((message) => message.event)).not.toContain("unheard");
  });

  it("subscriptions per connection are limited", async () => {
    const { port } = await startServer({ limits: { maxSubscriptionsPerConnection: 2 } });
    const client = await RawClient.connect(port);
    for (const name of ["a", "b", "c"]) client.subscribe(name);
    expect(await client.next("pusher:subscription_error")).toMatchObject({ channel: "c", data: { status: 403 } });
  });
});

describe("signing in", () => {
  it("answers with the user data, and acknowledges the user's own channel", async () => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    const userData = JSON.stringify({ id: "1", user_info: { name: "Rado" } });
    client.signin(userData);
    expect((await client.next("pusher:signin_success")).data).toEqual({ user_data: userData });
    await client.join("#server-to-user-1");
  });

  it("a numeric id is taken as its text, however large", async () => {
    const { port, publisher } = await startServer();
    const client = await RawClient.connect(port);
    const userData = '{"id":9007199254740993,"user_info":{"name":"Rado"}}';
    client.signin(userData);
    expect((await client.next("pusher:signin_success")).data).toEqual({ user_data: userData });
    await client.join("#server-to-user-9007199254740993");
    await publisher.sendToUser("9007199254740993", "yours", {});
    await client.next("yours");
    // On a presence channel as well, where the signed-in user needs no channel_data.
    expect(String((await client.join("presence-a")).data)).toContain('"ids":["9007199254740993"]');
  });

  it.each([
    ["a wrong signature", JSON.stringify({ id: "1" }), `${APP.key}:00`],
    ["no id", "{}", undefined],
    ["an id that is neither text nor number", JSON.stringify({ id: true }), undefined],
    ["an empty id", JSON.stringify({ id: "" }), undefined],
    ["no JSON", "nonsense", undefined],
  ])("%s closes with 4009", async (_case, userData, auth) => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    client.signin(userData, auth);
    expect((await client.next("pusher:error")).data).toMatchObject({ code: 4009 });
    expect((await client.closed).code).toBe(4009);
  });
});

describe("client events", () => {
  it.each([
    ["on a public channel", "public", "client-a"],
    ["on an encrypted channel", "private-encrypted-a", "client-a"],
    ["with a long name", "private-a", `client-${"a".repeat(200)}`],
    ["without a channel", undefined, "client-a"],
    ["on a channel never subscribed", "private-b", "client-a"],
  ])("%s are rejected", async (_case, channel, event) => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    if (channel !== undefined && channel !== "private-b") await client.join(channel);
    client.send({ event, channel, data: {} });
    expect((await client.next("pusher:error")).data).toMatchObject({ code: null });
  });

  it("large data and apps without the right are rejected", async () => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    await client.join("private-a");
    client.send({ event: "client-a", channel: "private-a", data: "x".repeat(10_241) });
    await client.next("pusher:error");
    const strict = await startServer({ settings: { clientEvents: false } });
    const other = await RawClient.connect(strict.port);
    await other.join("private-a");
    other.send({ event: "client-a", channel: "private-a", data: {} });
    await other.next("pusher:error");
  });

  it("the eleventh within a second is 4301; the connection stays", async () => {
    // The second does not end while they are counted.
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const { port } = await startServer();
    const [sender, receiver] = await Promise.all([RawClient.connect(port), RawClient.connect(port)]);
    await Promise.all([sender.join("private-a"), receiver.join("private-a")]);
    for (let index = 0; index < 11; index++) sender.send({ event: "client-n", channel: "private-a", data: { index } });
    expect((await sender.next("pusher:error")).data).toMatchObject({ code: 4301 });
    for (let index = 0; index < 10; index++) expect((await receiver.next("client-n")).data).toEqual({ index });
    await sender.settled();
    expect(sender.received.map((message) => message.event)).not.toContain("client-n");
  });
});

it("null is as good as nothing, wherever a field may be left out", async () => {
  const { port } = await startServer();
  const client = await RawClient.connect(port);
  client.send({ event: "pusher:ping", channel: null, data: {} });
  await client.next("pusher:pong");
  client.send({ event: "pusher:ping", channel: null, data: null });
  await client.next("pusher:pong");
  client.send({ event: "pusher:subscribe", channel: null, data: { channel: "a", auth: null, channel_data: null } });
  await client.next("pusher_internal:subscription_succeeded", "a");
  client.send({ event: "pusher:unsubscribe", channel: null, data: { channel: "a" } });
  client.signin(JSON.stringify({ id: "1", user_info: null, watchlist: null }));
  await client.next("pusher:signin_success");
  await client.settled();
  expect(client.received.map(({ event }) => event)).not.toContain("pusher:error");
});

describe("bad frames", () => {
  it.each([
    ["no JSON", "hello"],
    ["an array", "[]"],
    ["null", "null"],
    ["no event", "{}"],
    ["an event that is no text", '{"event":1}'],
    ["an event nobody knows", '{"event":"pusher:unknown"}'],
    ["an event that objects know", '{"event":"constructor"}'],
    ["a subscription without data", '{"event":"pusher:subscribe"}'],
    ["a subscription to a number", '{"event":"pusher:subscribe","data":{"channel":1}}'],
    ["leaving nothing", '{"event":"pusher:unsubscribe","data":"[]"}'],
  ])("%s is an error, and the connection goes on", async (_case, frame) => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    client.ws.send(frame);
    expect((await client.next("pusher:error")).data).toMatchObject({ code: null });
    await client.settled();
  });

  it("binary frames are an error; frames above 64 kB close with 1009", async () => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    client.ws.send(Buffer.from("{}"));
    await client.next("pusher:error");
    client.ws.send("x".repeat(64 * 1024 + 1));
    expect((await client.closed).code).toBe(1009);
  });

  it("data may be an object or its JSON in a string", async () => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    client.send({ event: "pusher:subscribe", data: JSON.stringify({ channel: "a" }) });
    await client.next("pusher_internal:subscription_succeeded", "a");
  });
});
