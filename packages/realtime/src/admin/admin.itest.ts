import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Actor, UserActor } from "@mgs/core/actor";
import { uuidv7 } from "@mgs/core/ids";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { createPeopleDirectory } from "@mgs/identity/people.repository";
import { createRealtimeServer, type RealtimeServer } from "@mgs/realtime-server/server";
import PusherClient from "pusher-js";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { pusherEnv } from "../env";
import { sessionChannel, userChannel } from "../names";
import { createPublisher, type Publisher } from "../server";
import { channelOwners } from "./channel-owners";
import { disconnectPerson } from "./disconnect-person";
import { personConnections } from "./person-connections";
import { readStatistics } from "./read-statistics";
import { searchChannels } from "./search-channels";
import { sendTestEvent } from "./send-test-event";
import { showChannel } from "./show-channel";

const SYSTEM: Actor = { kind: "system", name: "test" };
const ADMIN: UserActor = {
  kind: "user",
  userId: 1,
  role: "administrateur",
  locale: "fr",
  userSessionId: "s",
  clientId: "administration",
  scopes: [],
};
const REFUSED: readonly Actor[] = [
  { ...ADMIN, role: "direction" },
  { ...ADMIN, clientId: "erp" },
  { kind: "client", clientId: "erp", scopes: ["notifications:send"] },
];
const APP = { PUSHER_APP_ID: "mgs", PUSHER_APP_KEY: "test-key", PUSHER_APP_SECRET: "test-secret" };

let test: TestDatabase;
let server: RealtimeServer;
let publisher: Publisher;
const clients: PusherClient[] = [];
const deps = () => ({ database: test.database, people: createPeopleDirectory(test.database), publisher });

const publisherAt = (port: number, secret = APP.PUSHER_APP_SECRET): Publisher =>
  createPublisher(
    pusherEnv.parse({
      ...APP,
      PUSHER_APP_SECRET: secret,
      PUSHER_HOST: "127.0.0.1",
      PUSHER_PORT: String(port),
      PUSHER_SCHEME: "http",
    }),
  );

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  server = createRealtimeServer({
    apps: [{ id: APP.PUSHER_APP_ID, keys: [{ key: APP.PUSHER_APP_KEY, secret: APP.PUSHER_APP_SECRET }] }],
    host: "127.0.0.1",
    limits: { closeGraceMs: 100 },
  });
  await server.listen(0);
  publisher = publisherAt(server.port);
  await test.database.auditEvent.deleteMany();
  await test.database.user.deleteMany();
  for (const [id, name] of [
    [1, "Voahangy"],
    [2, "Hery"],
  ] as const) {
    await test.database.user.create({
      data: { id, name, email: `${id}@mgs.mg`, role: "commercial", passwordHash: "-" },
    });
  }
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await server.close();
});

/** A page of a person, on a device that it returns the session of; connected to the channels. */
async function open(userId: number, channels: readonly string[] = [], session?: string) {
  const id = session ?? uuidv7();
  if (session === undefined) await test.database.userSession.create({ data: { id, userId, oidcSessionUid: id } });
  const client = new PusherClient(APP.PUSHER_APP_KEY, {
    wsHost: "127.0.0.1",
    wsPort: server.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    cluster: "mt1",
    channelAuthorization: {
      transport: "ajax",
      endpoint: "unused",
      customHandler: ({ socketId, channelName }, done) =>
        done(
          null,
          publisher.authorizeChannel(
            socketId,
            channelName,
            channelName.startsWith("presence-") ? { user_id: String(userId) } : undefined,
          ),
        ),
    },
    userAuthentication: {
      transport: "ajax",
      endpoint: "unused",
      customHandler: ({ socketId }, done) => done(null, publisher.authenticateUser(socketId, { id })),
    },
  });
  clients.push(client);
  client.signin();
  const signedIn = new Promise((resolve) => client.bind("pusher:signin_success", resolve));
  await Promise.all(
    [sessionChannel(id), ...channels].map(
      (name) => new Promise((resolve) => client.subscribe(name).bind("pusher:subscription_succeeded", resolve)),
    ),
  );
  await signedIn;
  return { client, id };
}

const audited = async () =>
  (await test.database.auditEvent.findMany({ orderBy: { id: "asc" } })).map(({ actor, action, subject, details }) => [
    actor,
    action,
    subject,
    details,
  ]);

describe("what administrators see", () => {
  it("statistics of each process of our server", async () => {
    await open(1, ["news"]);
    const statistics = await readStatistics(deps(), ADMIN);
    expect(statistics).toMatchObject({
      app_id: "mgs",
      replicas: [{ pid: process.pid, connections: 1, channels: 2, users: 1, memory_rss: expect.any(Number) }],
    });
    const before = statistics?.replicas[0]?.delivered ?? 0;
    await publisher.trigger("news", "created", {});
    expect((await readStatistics(deps(), ADMIN))?.replicas[0]?.delivered).toBe(before + 1);
  });

  it("channels by prefix, the busiest first, with people where they are counted", async () => {
    await open(1, ["presence-online-users", "news"]);
    await open(2, ["presence-online-users"]);
    await open(2, ["presence-online-users", "news-2"]);
    const all = await searchChannels(deps(), ADMIN, {});
    expect(all.total).toBe(6);
    expect(all.channels[0]).toEqual({ name: "presence-online-users", kind: "presence", subscriptions: 3, users: 2 });
    expect((await searchChannels(deps(), ADMIN, { prefix: "news" })).channels).toEqual([
      { name: "news", kind: "public", subscriptions: 1, users: null },
      { name: "news-2", kind: "public", subscriptions: 1, users: null },
    ]);
    expect(await searchChannels(deps(), ADMIN, { prefix: "p", limit: 1 })).toMatchObject({
      channels: [{ users: 2 }],
      total: 4,
    });
    expect(await searchChannels(deps(), ADMIN, { prefix: "nothing" })).toEqual({ channels: [], total: 0 });
    await expect(searchChannels(deps(), ADMIN, { prefix: "a b" })).rejects.toMatchObject({
      details: [{ path: "prefix", message: "INVALID_CHANNEL" }],
    });
  });

  it("who is in a presence channel, by name, strangers last", async () => {
    await open(1, ["presence-online-users"]);
    await open(2, ["presence-online-users"]);
    await open(99, ["presence-online-users"], uuidv7());
    expect(await showChannel(deps(), ADMIN, { channel: "presence-online-users" })).toEqual({
      name: "presence-online-users",
      kind: "presence",
      occupied: true,
      subscriptions: 3,
      users: 3,
      members: [
        { id: "2", name: "Hery" },
        { id: "1", name: "Voahangy" },
        { id: "99", name: null },
      ],
      memberCount: 3,
      owner: null,
    });
  });

  it("whose own channel it is", async () => {
    const { id } = await open(2);
    const owner = { id: 2, name: "Hery" };
    expect(await showChannel(deps(), ADMIN, { channel: sessionChannel(id) })).toMatchObject({
      owner,
      subscriptions: 1,
    });
    expect(await showChannel(deps(), ADMIN, { channel: userChannel(2) })).toMatchObject({
      owner,
      occupied: false,
      members: null,
    });
    for (const channel of [userChannel(77), "private-user.x", sessionChannel("x"), sessionChannel(uuidv7()), "news"]) {
      expect(await showChannel(deps(), ADMIN, { channel })).toMatchObject({ owner: null });
    }
    const owned = [userChannel(1), `private-user.2`, sessionChannel(id.toUpperCase())];
    const owners = await channelOwners(deps(), ADMIN, { channels: [...owned, "news", userChannel(77)] });
    expect(owned.map((channel) => owners.get(channel)?.name)).toEqual(["Voahangy", "Hery", "Hery"]);
    expect(owners.size).toBe(3);
  });

  it("on how many devices a person is connected", async () => {
    await open(2);
    await test.database.userSession.create({ data: { id: uuidv7(), userId: 2, oidcSessionUid: "away" } });
    await test.database.userSession.create({
      data: { id: uuidv7(), userId: 2, oidcSessionUid: "ended", endedAt: new Date() },
    });
    await open(1);
    expect(await personConnections(deps(), ADMIN, { userId: 2 })).toEqual({
      id: 2,
      name: "Hery",
      connected: 1,
    });
    await expect(personConnections(deps(), ADMIN, { userId: 9 })).rejects.toMatchObject({ code: "USER_NOT_FOUND" });
  });
});

describe("what administrators do", () => {
  it.each([
    ['{ "a": [1, "é"] }', { a: [1, "é"] }],
    ['"text"', "text"],
    ["12", 12],
  ])("the test event %s arrives as it is, and is in the audit log without its data", async (data, received) => {
    const { client } = await open(1, ["news"]);
    const arrived = new Promise((resolve) => client.channel("news").bind("mgs.test", resolve));
    expect(await sendTestEvent(deps(), ADMIN, { channel: "news", event: "mgs.test", data })).toEqual({
      channel: "news",
      event: "mgs.test",
      subscriptions: 1,
    });
    expect(await arrived).toEqual(received);
    const bytes = Buffer.byteLength(data);
    expect(await audited()).toEqual([["user:1", "realtime.event-sent", "news", { event: "mgs.test", bytes }]]);
  });

  it("a test event whose answer was lost is published once, and again with another key or after a failure", async () => {
    const { client } = await open(1, ["news"]);
    const received: unknown[] = [];
    client.channel("news").bind("mgs.test", (data: unknown) => received.push(data));
    const send = (data: string, idempotencyKey: string, to = deps()) =>
      sendTestEvent(to, ADMIN, { channel: "news", event: "mgs.test", data }, { idempotencyKey });
    const away = { ...deps(), publisher: publisherAt(1) };
    await expect(send("1", "a", away)).rejects.toMatchObject({ code: "REALTIME_AWAY" });
    // What failed is tried anew; two at one time are one.
    const repeated = await Promise.all([send("1", "a"), send("1", "a")]);
    expect(repeated.map(({ subscriptions }) => subscriptions)).toEqual([1, 1]);
    await send("1", "a");
    await send("1", "b");
    await send("2", "b");
    await expect.poll(() => received).toEqual([1, 1, 2]);
    // The failure, and the three that went out.
    expect(await audited()).toHaveLength(4);
  });

  it.each([
    ["no channel", { channel: "" }, "channel", "INVALID_CHANNEL"],
    ["an accent in the channel", { channel: "é" }, "channel", "INVALID_CHANNEL"],
    ["a user for a channel", { channel: "#server-to-user-1" }, "channel", "INVALID_CHANNEL"],
    ["an encrypted channel", { channel: "private-encrypted-a" }, "channel", "ENCRYPTED_CHANNEL"],
    ["no event", { event: "" }, "event", "REQUIRED"],
    ["a long event", { event: "x".repeat(201) }, "event", "TOO_LONG"],
    ["an event of the protocol", { event: "pusher:error" }, "event", "RESERVED_EVENT"],
    ["an inner event of the protocol", { event: "pusher_internal:member_added" }, "event", "RESERVED_EVENT"],
    ["no data", { data: " " }, "data", "REQUIRED"],
    ["broken data", { data: "{" }, "data", "INVALID_JSON"],
    ["long data", { data: JSON.stringify("é".repeat(5_200)) }, "data", "TOO_LONG"],
  ])("%s is refused at its field, and nothing is written", async (_what, wrong, path, message) => {
    const input = { channel: "news", event: "mgs.test", data: "{}", ...wrong };
    await expect(sendTestEvent(deps(), ADMIN, input)).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
      details: [{ path, message }],
    });
    expect(await audited()).toEqual([]);
  });

  it("a person's sockets close on every device for good; nobody is signed out, and nobody else notices", async () => {
    const mine = [await open(2), await open(2)];
    const other = await open(1);
    const closed = mine.map(
      ({ client }) =>
        new Promise((resolve) =>
          client.connection.bind("error", (error: { data?: { code?: number } }) => resolve(error.data?.code)),
        ),
    );
    const cut = { userId: 2, idempotencyKey: "a" };
    expect(await disconnectPerson(deps(), ADMIN, cut)).toMatchObject({ name: "Hery", connected: 2 });
    expect(await Promise.all(closed)).toEqual([4009, 4009]);
    // Pressed again, because the answer was lost: the same answer, and one entry.
    expect(await disconnectPerson(deps(), ADMIN, cut)).toMatchObject({ name: "Hery", connected: 2 });
    await expect.poll(async () => (await personConnections(deps(), ADMIN, { userId: 2 })).connected).toBe(0);
    expect(other.client.connection.state).toBe("connected");
    expect(await test.database.userSession.count({ where: { userId: 2, endedAt: null } })).toBe(2);
    expect(await audited()).toEqual([["user:1", "realtime.user-disconnected", "2", { connected: 2 }]]);
  });
});

describe("who may", () => {
  it.each(REFUSED)("none of it is another's business: %#", async (actor) => {
    const data = { channel: "news", event: "mgs.test", data: "{}" };
    for (const attempt of [
      () => readStatistics(deps(), actor),
      () => searchChannels(deps(), actor, {}),
      () => showChannel(deps(), actor, { channel: "news" }),
      () => personConnections(deps(), actor, { userId: 2 }),
      () => channelOwners(deps(), actor, { channels: [userChannel(2)] }),
      () => sendTestEvent(deps(), actor, data),
      () => disconnectPerson(deps(), actor, { userId: 2 }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    expect(await audited()).toEqual([]);
  });
});

describe("servers", () => {
  /** A server of which only what matters here is true. */
  async function stub(answer: (path: string, query: URLSearchParams) => [status: number, body: unknown]) {
    const http = createServer((request, response) => {
      const url = new URL(request.url ?? "", "http://stub");
      const [status, body] = answer(url.pathname.replace("/apps/mgs", ""), url.searchParams);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    onTestFinished(async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    });
    return publisherAt((http.address() as AddressInfo).port);
  }

  it("that are away say so", async () => {
    publisher = publisherAt(1);
    await expect(readStatistics(deps(), SYSTEM)).rejects.toMatchObject({ code: "REALTIME_AWAY" });
    await expect(searchChannels(deps(), SYSTEM, {})).rejects.toMatchObject({ code: "REALTIME_AWAY" });
    await expect(disconnectPerson(deps(), SYSTEM, { userId: 2 })).rejects.toMatchObject({ code: "REALTIME_AWAY" });
    expect(await audited()).toEqual([]);
  });

  it("that do not know our secret refuse", async () => {
    publisher = publisherAt(server.port, "other");
    await expect(readStatistics(deps(), SYSTEM)).rejects.toMatchObject({ code: "REALTIME_REFUSED" });
    await expect(showChannel(deps(), SYSTEM, { channel: "a" })).rejects.toMatchObject({ code: "REALTIME_REFUSED" });
  });

  it("of other makers have no statistics, and may not count subscriptions; the rest goes on", async () => {
    publisher = await stub((path, query) => {
      if (path === "/stats") return [404, {}];
      if (query.get("info")?.includes("subscription_count")) return [400, {}];
      return path === "/channels" ? [200, { channels: { news: {} } }] : [200, { occupied: true }];
    });
    expect(await readStatistics(deps(), SYSTEM)).toBeNull();
    expect(await searchChannels(deps(), SYSTEM, {})).toEqual({
      channels: [{ name: "news", kind: "public", subscriptions: null, users: null }],
      total: 1,
    });
    expect(await showChannel(deps(), SYSTEM, { channel: "news" })).toMatchObject({
      occupied: true,
      subscriptions: null,
    });
  });

  it("with less room than others refuse data at its field", async () => {
    publisher = await stub((path) => (path === "/events" ? [413, {}] : [200, { occupied: false }]));
    await expect(
      sendTestEvent(deps(), SYSTEM, { channel: "news", event: "mgs.test", data: "{}" }),
    ).rejects.toMatchObject({ code: "VALIDATION_ERROR", details: [{ path: "data", message: "TOO_LONG" }] });
  });
});
