import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRealtimeServer } from "@mgs/realtime-server/server";
import PusherClient from "pusher-js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type PusherEnv, pusherEnv } from "./env";
import { sessionChannel, userChannel } from "./names";
import { createPublisher, PublishError } from "./server";

const app = { PUSHER_APP_ID: "mgs", PUSHER_APP_KEY: "test-key", PUSHER_APP_SECRET: "test-secret" };
let server: ReturnType<typeof createRealtimeServer>;
let env: PusherEnv;
const clients: PusherClient[] = [];

beforeEach(async () => {
  server = createRealtimeServer({
    apps: [{ id: app.PUSHER_APP_ID, keys: [{ key: app.PUSHER_APP_KEY, secret: app.PUSHER_APP_SECRET }] }],
    host: "127.0.0.1",
    limits: { closeGraceMs: 100 },
  });
  await server.listen(0);
  env = pusherEnv.parse({
    ...app,
    PUSHER_HOST: "127.0.0.1",
    PUSHER_PORT: String(server.port),
    PUSHER_SCHEME: "http",
  });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await server.close();
});

/** An unmodified pusher-js whose authorizations come from the publisher under test. */
function listen(userSessionId: string): PusherClient {
  const publisher = createPublisher(env);
  const client = new PusherClient(app.PUSHER_APP_KEY, {
    wsHost: "127.0.0.1",
    wsPort: server.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    cluster: "mt1",
    channelAuthorization: {
      transport: "ajax",
      endpoint: "unused",
      customHandler: ({ socketId, channelName }, done) => done(null, publisher.authorizeChannel(socketId, channelName)),
    },
    userAuthentication: {
      transport: "ajax",
      endpoint: "unused",
      customHandler: ({ socketId }, done) => done(null, publisher.authenticateUser(socketId, { id: userSessionId })),
    },
  });
  clients.push(client);
  return client;
}

const once = <T>(bind: (event: string, listener: (data: T) => void) => unknown, event: string): Promise<T> =>
  new Promise((resolve) => bind(event, resolve));

describe("the publisher against our Pusher server", () => {
  it("delivers an event, whole, to an authorized private channel", async () => {
    const channel = listen("s1").subscribe(userChannel(1));
    await once(channel.bind.bind(channel), "pusher:subscription_succeeded");
    const received = once(channel.bind.bind(channel), "inbox.changed");
    await createPublisher(env).trigger(userChannel(1), "inbox.changed", { seq: 7, titre: "é 😀" });
    expect(await received).toEqual({ seq: 7, titre: "é 😀" });
  });

  it("delivers several events in their order", async () => {
    const channel = listen("s1").subscribe(userChannel(1));
    await once(channel.bind.bind(channel), "pusher:subscription_succeeded");
    const heard: string[] = [];
    channel.bind_global((event: string) => heard.push(event));
    const last = once(channel.bind.bind(channel), "last");
    await createPublisher(env).triggerAll(
      ["first", "second", "last"].map((event) => ({ channel: userChannel(1), event, data: {} })),
    );
    await last;
    expect(heard).toEqual(["first", "second", "last"]);
  });

  it("closes the sockets of one session and no other", async () => {
    const [ended, other] = [listen("s1"), listen("s2")];
    for (const [client, id] of [[ended, "s1"] as const, [other, "s2"] as const]) {
      client.signin();
      await once(client.bind.bind(client), "pusher:signin_success");
      const channel = client.subscribe(sessionChannel(id));
      await once(channel.bind.bind(channel), "pusher:subscription_succeeded");
    }
    const left = once(ended.connection.bind.bind(ended.connection), "disconnected");
    await createPublisher(env).terminateUser("s1");
    await left;
    expect(other.connection.state).toBe("connected");
  });

  it("tells a refusal from silence, and keeps the signed URL to itself", async () => {
    const wrong = createPublisher({ ...env, PUSHER_APP_SECRET: "other" });
    const refused = await wrong.trigger("private-a", "b", {}).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PublishError);
    expect(refused).toMatchObject({ status: 401 });
    expect(JSON.stringify(refused, Object.getOwnPropertyNames(refused))).not.toMatch(/auth_signature|test-key/);
    await server.close();
    await expect(createPublisher(env).trigger("private-a", "b", {})).rejects.toMatchObject({ status: undefined });
  });

  it("closes a bound socket that never signed in, when any of its holders ends", async () => {
    const publisher = createPublisher(env);
    const client = listen("session-1");
    await once(
      client.subscribe(userChannel(1)).bind.bind(client.channel(userChannel(1))),
      "pusher:subscription_succeeded",
    );
    const later = new Date(Date.now() + 3_600_000);
    await publisher.bindSocket(client.connection.socket_id, {
      holders: ["session-1", "client-7"],
      expiresAt: later,
      mutedChannels: [],
    });
    const closed = once(client.connection.bind.bind(client.connection), "disconnected");
    await publisher.terminateUser("client-7");
    await closed;
  });

  it("binds nothing at a server that has no such address, and does not ask it again at once", async () => {
    const asked: string[] = [];
    const stranger = createServer((request, response) => {
      asked.push(request.url ?? "");
      request.resume();
      response.writeHead(404).end();
    });
    stranger.listen(0, "127.0.0.1");
    await new Promise((resolve) => stranger.once("listening", resolve));
    const { port } = stranger.address() as AddressInfo;
    const publisher = createPublisher({ ...env, PUSHER_PORT: port });
    const later = new Date(Date.now() + 3_600_000);
    await publisher.bindSocket("1.1", { holders: ["session-1"], expiresAt: later, mutedChannels: [] });
    await publisher.bindSocket("1.2", { holders: ["session-1"], expiresAt: later, mutedChannels: [] });
    expect(asked).toHaveLength(1);
    stranger.closeAllConnections();
    stranger.close();
  });

  it("says so when the server that binds is away", async () => {
    await server.close();
    const binding = createPublisher(env).bindSocket("1.1", {
      holders: ["session-1"],
      expiresAt: new Date(Date.now() + 3_600_000),
      mutedChannels: [],
    });
    await expect(binding).rejects.toBeInstanceOf(PublishError);
  });
});
