import type { Channel, Members, PresenceChannel } from "pusher-js";
import { describe, expect, it } from "vitest";
import { createClient, nextEvent, subscribed } from "./testing/library-client";
import { startServer } from "./testing/start-server";

describe("the pusher and pusher-js libraries, unmodified", () => {
  it.each(["dossiers", "private-App.Models.User.1", "presence-room"])(
    "trigger reaches a subscriber of %s",
    async (name) => {
      const server = await startServer();
      const client = createClient(server);
      await subscribed(client, name);
      const received = nextEvent(client.channel(name), "created");
      const response = await server.publisher.trigger(name, "created", { titre: "Été à Antananarivo" });
      expect(await received).toEqual({ titre: "Été à Antananarivo" });
      expect(response.status).toBe(200);
      expect(await response.text()).toBe("{}");
    },
  );

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

  it("sendToUser reaches every socket of a signed-in user and nobody else", async () => {
    const server = await startServer();
    const mine = [createClient(server), createClient(server)];
    const other = createClient(server, { id: "2", name: "Hanta" });
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
    const client = createClient(server, { id, name: "Rado" });
    const bystander = createClient(server, { id: "2", name: "Hanta" });
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

  it("client events go to the other subscribers, with the sender's id on presence channels", async () => {
    const server = await startServer();
    const [sender, receiver] = [createClient(server), createClient(server, { id: "2", name: "Hanta" })];
    await Promise.all([subscribed(sender, "presence-room"), subscribed(receiver, "presence-room")]);
    const received = new Promise((resolve) => {
      receiver.channel("presence-room").bind("client-typing", (data: unknown, meta: unknown) => resolve([data, meta]));
    });
    sender.channel("presence-room").trigger("client-typing", { dossier: 7 });
    expect(await received).toEqual([{ dossier: 7 }, { user_id: "1" }]);
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

  it("a wrong app key is error 4001 and the client stays away", async () => {
    const server = await startServer();
    const client = createClient({ ...server, app: { ...server.app, key: "unknown" } });
    expect(await nextEvent(client.connection, "error")).toMatchObject({ error: { data: { code: 4001 } } });
  });

  it("a stopping server sends clients to reconnect at once", async () => {
    const server = await startServer();
    const client = createClient(server);
    await subscribed(client, "a");
    const error = nextEvent(client.connection, "error");
    const reconnecting = nextEvent(client.connection, "connecting");
    await server.server.close();
    expect(await error).toMatchObject({ data: { code: 4200 } });
    await reconnecting;
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
