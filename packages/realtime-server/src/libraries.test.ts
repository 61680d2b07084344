import type { Channel, Members, PresenceChannel, default as PusherJs } from "pusher-js";
import { describe, expect, it } from "vitest";
import { createClient, nextEvent, subscribed, type TestUser } from "./testing/library-client";
import { startServer, type TestServer } from "./testing/start-server";

const TRANSPORTS = ["ws", "xhr_streaming", "xhr_polling"] as const;

describe.each(TRANSPORTS)("the pusher and pusher-js libraries, unmodified, by %s", (transport) => {
  const connect = (server: TestServer, user?: TestUser): PusherJs => createClient(server, user, [transport]);

  it.each(["dossiers", "private-App.Models.User.1", "presence-room"])(
    "triggered events arrive at %s in their order",
    async (name) => {
      const server = await startServer();
      const client = connect(server);
      await subscribed(client, name);
      const seen: unknown[] = [];
      client.channel(name).bind("step", (data: unknown) => seen.push(data));
      const last = nextEvent(client.channel(name), "last");
      const steps = Array.from({ length: 30 }, (_, step) => ({ step, titre: "Été à Antananarivo 😀\u2028" }));
      for (const step of steps) await server.publisher.trigger(name, "step", step);
      const response = await server.publisher.trigger(name, "last", {});
      expect([response.status, await response.text()]).toEqual([200, "{}"]);
      await last;
      expect(seen).toEqual(steps);
    },
  );

  it("sendToUser reaches every socket of a signed-in user and no other", async () => {
    const server = await startServer();
    const mine = [connect(server), connect(server)];
    const other = connect(server, { id: "2", name: "Hanta" });
    const overheard: unknown[] = [];
    other.user.bind("greeting", (data: unknown) => overheard.push(data));
    await Promise.all(
      [...mine, other].map(async (client) => {
        client.signin();
        await nextEvent(client.connection, "connected");
        await client.user.signinDonePromise;
      }),
    );
    const received = Promise.all(mine.map((client) => nextEvent(client.user, "greeting")));
    const last = nextEvent(other.user, "last");
    await server.publisher.sendToUser("1", "greeting", { hello: true });
    await server.publisher.sendToUser("2", "last", {});
    expect(await received).toEqual([{ hello: true }, { hello: true }]);
    await last;
    expect(overheard).toEqual([]);
  });

  it.each(["1", "5b2f-é ü"])("terminateUserConnections closes the sockets of user %s for good", async (id) => {
    const server = await startServer();
    const client = connect(server, { id, name: "Rado" });
    const bystander = connect(server, { id: "2", name: "Hanta" });
    client.signin();
    bystander.signin();
    await Promise.all([client, bystander].map((each) => nextEvent(each.connection, "connected")));
    await Promise.all([client.user.signinDonePromise, bystander.user.signinDonePromise]);
    const error = nextEvent(client.connection, "error");
    const disconnected = nextEvent(client.connection, "disconnected");
    await server.publisher.terminateUserConnections(id);
    expect(await error).toMatchObject({ data: { code: 4009 } });
    await disconnected;
    expect(bystander.connection.state).toBe("connected");
  });

  it("client events pass between it and a WebSocket, with the sender's id, and presence sees both", async () => {
    const server = await startServer();
    const [here, there] = [connect(server), createClient(server, { id: "2", name: "Hanta" })];
    await subscribed(here, "presence-room");
    const added = nextEvent(here.channel("presence-room"), "pusher:member_added");
    const members = (await subscribed(there, "presence-room")) as Members;
    expect(members.count).toBe(2);
    expect(await added).toEqual({ id: "2", info: { name: "Hanta" } });
    const received = [here, there].map(
      (client) =>
        new Promise((resolve) => {
          const channel = client.channel("presence-room");
          channel.bind("client-typing", (data: unknown, meta: unknown) => resolve([data, meta]));
        }),
    );
    here.channel("presence-room").trigger("client-typing", { from: "here" });
    there.channel("presence-room").trigger("client-typing", { from: "there" });
    expect(await Promise.all(received)).toEqual([
      [{ from: "there" }, { user_id: "2" }],
      [{ from: "here" }, { user_id: "1" }],
    ]);
  });

  it("a wrong app key is error 4001 and the client stays away", async () => {
    const server = await startServer();
    const client = connect({ ...server, app: { ...server.app, key: "unknown" } });
    expect(await nextEvent(client.connection, "error")).toMatchObject({ error: { data: { code: 4001 } } });
  });

  it("a stopping server sends clients to reconnect at once", async () => {
    const server = await startServer();
    const client = connect(server);
    await subscribed(client, "a");
    const error = nextEvent(client.connection, "error");
    const reconnecting = nextEvent(client.connection, "connecting");
    await server.server.close();
    expect(await error).toMatchObject({ data: { code: 4200 } });
    await reconnecting;
  });
});

describe("the pusher and pusher-js libraries, unmodified, by a WebSocket", () => {
  it("one trigger reaches several channels, and leaves out the socket that caused it", async () => {
    const server = await startServer();
    const [author, reader] = [createClient(server), createClient(server)];
    await Promise.all([subscribed(author, "a"), subscribed(reader, "a"), subscribed(reader, "b")]);
    const seen: string[] = [];
    author.channel("a").bind("created", () => seen.push("author"));
    const read = Promise.all([nextEvent(reader.channel("a"), "created"), nextEvent(reader.channel("b"), "created")]);
    const afterwards = nextEvent(author.channel("a"), "after");
    await server.publisher.trigger(["a", "b"], "created", {}, { socket_id: author.connection.socket_id });
    await server.publisher.trigger("a", "after", {});
    await Promise.all([read, afterwards]);
    expect(seen).toEqual([]);
  });

  it("a batch arrives in its order", async () => {
    const server = await startServer();
    const client = createClient(server);
    await subscribed(client, "a");
    const seen: unknown[] = [];
    client.channel("a").bind("step", (data: unknown) => seen.push(data));
    const last = nextEvent(client.channel("a"), "last");
    await server.publisher.triggerBatch([
      ...[1, 2, 3].map((data) => ({ channel: "a", name: "step", data: { data } })),
      { channel: "a", name: "last", data: {} },
    ]);
    await last;
    expect(seen).toEqual([{ data: 1 }, { data: 2 }, { data: 3 }]);
  });

  it("presence counts users, not connections", async () => {
    const server = await startServer();
    const watcher = createClient(server, { id: "9", name: "Noro" });
    await subscribed(watcher, "presence-online-users");
    const channel = watcher.channel("presence-online-users") as PresenceChannel;
    const log: string[] = [];
    channel.bind("pusher:member_added", (member: { id: string }) => log.push(`+${member.id}`));
    channel.bind("pusher:member_removed", (member: { id: string }) => log.push(`-${member.id}`));

    const [first, second] = [createClient(server), createClient(server)];
    const added = nextEvent(channel, "pusher:member_added");
    const members = (await subscribed(first, "presence-online-users")) as Members;
    await subscribed(second, "presence-online-users");
    expect(await added).toEqual({ id: "1", info: { name: "Rado" } });
    expect(members.count).toBe(2);
    expect(members.me).toEqual({ id: "1", info: { name: "Rado" } });
    expect(channel.members.count).toBe(2);

    const removed = nextEvent(channel, "pusher:member_removed");
    first.disconnect();
    second.unsubscribe("presence-online-users");
    await removed;
    expect(log).toEqual(["+1", "-1"]);
    expect(channel.members.count).toBe(1);
  });

  it("a signed-in user joins a presence channel without channel_data", async () => {
    const server = await startServer();
    const client = createClient(server);
    client.signin();
    await nextEvent(client.connection, "connected");
    await client.user.signinDonePromise;
    client.config.channelAuthorizer = ({ socketId, channelName }, callback) =>
      callback(null, server.publisher.authorizeChannel(socketId, channelName));
    const members = (await subscribed(client, "presence-room")) as Members;
    expect(members.myID).toBe("1");
    expect(members.count).toBe(1);
  });

  it("a wrong signature is a subscription_error with its status", async () => {
    const server = await startServer();
    const client = createClient(server);
    client.config.channelAuthorizer = (_params, callback) => callback(null, { auth: "mgs-key:00" });
    const channel: Channel = client.subscribe("private-secret");
    expect(await nextEvent(channel, "pusher:subscription_error")).toMatchObject({ type: "AuthError", status: 401 });
  });

  it("answers the library's questions about channels and users", async () => {
    const server = await startServer();
    const client = createClient(server);
    await Promise.all([subscribed(client, "presence-room"), subscribed(client, "a")]);
    const get = async (path: string, params = {}): Promise<unknown> =>
      (await server.publisher.get({ path, params })).json();
    expect(await get("/channels")).toEqual({ channels: { "presence-room": {}, a: {} } });
    expect(await get("/channels", { filter_by_prefix: "presence-", info: "user_count" })).toEqual({
      channels: { "presence-room": { user_count: 1 } },
    });
    expect(await get("/channels/presence-room", { info: "user_count,subscription_count" })).toEqual({
      occupied: true,
      user_count: 1,
      subscription_count: 1,
    });
    expect(await get("/channels/empty")).toEqual({ occupied: false });
    expect(await get("/channels/presence-room/users")).toEqual({ users: [{ id: "1" }] });
  });
});
