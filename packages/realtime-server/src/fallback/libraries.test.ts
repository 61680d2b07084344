import type PusherJs from "pusher-js";
import type { Members, PresenceChannel } from "pusher-js";
import { describe, expect, it } from "vitest";
import { createClient, nextEvent, subscribed, type TestUser } from "../testing/library-client";
import { startServer, type TestServer } from "../testing/start-server";

describe.each(["xhr_streaming", "xhr_polling"] as const)("pusher-js, unmodified, by %s alone", (transport) => {
  const connect = (server: TestServer, user?: TestUser): PusherJs => createClient(server, user, [transport]);

  it.each(["dossiers", "private-App.Models.User.1", "presence-room"])(
    "what is triggered arrives at %s in its order",
    async (name) => {
      const server = await startServer();
      const client = connect(server);
      await subscribed(client, name);
      const seen: unknown[] = [];
      client.channel(name).bind("step", (data: unknown) => seen.push(data));
      const last = nextEvent(client.channel(name), "last");
      const steps = Array.from({ length: 30 }, (_, step) => ({ step, titre: "Été à Antananarivo 😀\u2028" }));
      for (const step of steps) await server.publisher.trigger(name, "step", step);
      await server.publisher.trigger(name, "last", {});
      await last;
      expect(seen).toEqual(steps);
    },
  );

  it("several megabytes arrive whole, in order, on one connection", async () => {
    // A machine under load is not to be a slow client, nor one that is gone between two polls.
    const server = await startServer({
      limits: { maxUnsentBytes: 64 * 1024 * 1024 },
      options: { fallbackTimes: { disconnectMs: 60_000 } },
    });
    const client = connect(server);
    await subscribed(client, "a");
    const socketId = client.connection.socket_id;
    const seen: number[] = [];
    const filler = "é".repeat(4_000);
    client.channel("a").bind("step", ({ step }: { step: number }) => seen.push(step));
    const last = nextEvent(client.channel("a"), "last");
    const steps = Array.from({ length: 400 }, (_, step) => step);
    for (let from = 0; from < steps.length; from += 10) {
      await server.publisher.triggerBatch(
        steps.slice(from, from + 10).map((step) => ({ channel: "a", name: "step", data: { step, filler } })),
      );
    }
    await server.publisher.trigger("a", "last", {});
    await last;
    expect(seen).toEqual(steps);
    expect(client.connection.socket_id).toBe(socketId);
  }, 60_000);

  it("a user signs in, is reached, and is sent away", async () => {
    const server = await startServer();
    const client = connect(server);
    client.signin();
    await nextEvent(client.connection, "connected");
    await client.user.signinDonePromise;
    const greeted = nextEvent(client.user, "greeting");
    await server.publisher.sendToUser("1", "greeting", { hello: true });
    expect(await greeted).toEqual({ hello: true });
    const error = nextEvent(client.connection, "error");
    const disconnected = nextEvent(client.connection, "disconnected");
    await server.publisher.terminateUserConnections("1");
    expect(await error).toMatchObject({ data: { code: 4009 } });
    await disconnected;
  });

  it("client events pass between it and a WebSocket, and presence sees both", async () => {
    const server = await startServer();
    const [here, there] = [connect(server), createClient(server, { id: "2", name: "Hanta" })];
    await subscribed(here, "presence-room");
    const added = nextEvent(here.channel("presence-room"), "pusher:member_added");
    const members = (await subscribed(there, "presence-room")) as Members;
    expect(members.count).toBe(2);
    expect(await added).toEqual({ id: "2", info: { name: "Hanta" } });
    const [atHere, atThere] = [here, there].map((client) =>
      nextEvent(client.channel("presence-room"), "client-typing"),
    );
    here.channel("presence-room").trigger("client-typing", { from: "here" });
    there.channel("presence-room").trigger("client-typing", { from: "there" });
    expect(await Promise.all([atHere, atThere])).toEqual([{ from: "there" }, { from: "here" }]);
  });

  it("who leaves is no member any more", async () => {
    const server = await startServer();
    const [watcher, leaver] = [connect(server), connect(server, { id: "2", name: "Hanta" })];
    await subscribed(watcher, "presence-room");
    const channel = watcher.channel("presence-room") as PresenceChannel;
    await subscribed(leaver, "presence-room");
    const removed = nextEvent(channel, "pusher:member_removed");
    leaver.disconnect();
    expect(await removed).toMatchObject({ id: "2" });
    expect(server.server.statistics().connections).toBe(1);
  });

  it("a wrong key is error 4001 and it stays away", async () => {
    const server = await startServer();
    const client = connect({ ...server, app: { ...server.app, key: "unknown" } });
    expect(await nextEvent(client.connection, "error")).toMatchObject({ error: { data: { code: 4001 } } });
  });

  it("a stopping server sends it to reconnect at once", async () => {
    const server = await startServer();
    const client = connect(server);
    await subscribed(client, "a");
    const error = nextEvent(client.connection, "error");
    const reconnecting = nextEvent(client.connection, "connecting");
    await server.server.close();
    expect(await error).toMatchObject({ data: { code: 4200 } });
    await reconnecting;
  });

  it("a quiet connection is asked as every other, and stays", async () => {
    const server = await startServer({ limits: { activityTimeoutMs: 300, pongTimeoutMs: 60_000 } });
    const client = connect(server);
    await subscribed(client, "a");
    const socketId = client.connection.socket_id;
    for (let round = 0; round < 3; round++) {
      await new Promise<void>((resolve) => {
        client.connection.bind("message", ({ event }: { event: string }) => event === "pusher:ping" && resolve());
      });
      client.connection.unbind("message");
    }
    expect(client.connection.socket_id).toBe(socketId);
    expect(client.connection.state).toBe("connected");
  });
});
