import type Pusher from "pusher";
import { describe, expect, it } from "vitest";
import { type App, createAppRegistry } from "../apps";
import { createLocalCluster } from "../cluster/local-cluster";
import { createAppState } from "../hub/app-state";
import { bindSocket, isBindingExpired, MAX_BINDINGS } from "../hub/bindings";
import type { Connection } from "../hub/connection";
import { defaultLimits } from "../limits";
import { createClient, nextEvent, subscribed } from "../testing/library-client";
import { postBindings } from "../testing/publish";
import { RawClient } from "../testing/raw-client";
import { startServer } from "../testing/start-server";

const HOUR_SECONDS = 3_600;
const later = (): number => Date.now() / 1_000 + HOUR_SECONDS;

const bind = (publisher: Pusher, socketId: string, userIds: readonly string[], expiresAt = later()) =>
  postBindings(publisher, socketId, { user_ids: userIds, expires_at: expiresAt });

describe("a bound socket", () => {
  it.each(["session-1", "client-7", "é 3"])(
    "that never signed in is closed with 4009 when %s is terminated",
    async (id) => {
      const { port, publisher } = await startServer();
      const [bound, other] = [await RawClient.connect(port), await RawClient.connect(port)];
      for (const client of [bound, other]) await client.join("private-a");
      expect(await bind(publisher, bound.socketId, ["session-1", "client-7", "é 3"])).toEqual({ bound: true });
      expect(await bind(publisher, other.socketId, ["session-2"])).toEqual({ bound: true });
      await publisher.terminateUserConnections(id);
      expect((await bound.closed).code).toBe(4009);
      await other.settled();
      await publisher.trigger("private-a", "still", {});
      await other.next("still");
    },
  );

  it("comes back at once, and asks for its channels again, when its user's rights have changed", async () => {
    const server = await startServer();
    const client = createClient(server, { id: "1", name: "Rado" });
    await subscribed(client, "presence-a");
    const first = client.connection.socket_id;
    await bind(server.publisher, first, ["person-1"]);
    const again = nextEvent(client.channel("presence-a"), "pusher:subscription_succeeded");
    await server.publisher.post({ path: "/users/person-1/reauthorize_connections", body: {} as unknown as string });
    await again;
    expect(client.connection.socket_id).not.toBe(first);
  });

  it("is closed before it joins what it was authorized for", async () => {
    const { port, publisher } = await startServer();
    const client = await RawClient.connect(port);
    await bind(publisher, client.socketId, ["session-1"]);
    await publisher.terminateUserConnections("session-1");
    expect((await client.closed).code).toBe(4009);
  });

  it.each(["ws", "xhr_streaming", "xhr_polling"] as const)(
    "leaves presence channels by %s, and its client does not come back",
    async (transport) => {
      const server = await startServer();
      const watcher = await RawClient.connect(server.port);
      await watcher.join("presence-a", JSON.stringify({ user_id: "w" }));
      const client = createClient(server, { id: "1", name: "Rado" }, [transport]);
      const states: string[] = [];
      client.connection.bind("state_change", ({ current }: { current: string }) => states.push(current));
      await subscribed(client, "presence-a");
      await bind(server.publisher, client.connection.socket_id, ["session-1"]);
      const ended = nextEvent(client.connection, "disconnected");
      states.length = 0;
      await server.publisher.terminateUserConnections("session-1");
      const removed = await watcher.next("pusher_internal:member_removed");
      expect(JSON.parse(String(removed.data))).toEqual({ user_id: "1" });
      await ended;
      expect(states).toEqual(["disconnected"]);
    },
    60_000,
  );

  it("gets no events of these users and makes none of them online", async () => {
    const { port, publisher } = await startServer();
    const watcher = await RawClient.connect(port);
    watcher.signin(JSON.stringify({ id: "w", watchlist: ["session-1"] }));
    await watcher.next("pusher:signin_success");
    const client = await RawClient.connect(port);
    await bind(publisher, client.socketId, ["session-1"]);
    await publisher.sendToUser("session-1", "secret", {});
    await Promise.all([client.settled(), watcher.settled()]);
    expect(client.received.map(({ event }) => event)).not.toContain("secret");
    const told = watcher.received.filter(({ event }) => event === "pusher_internal:watchlist_events");
    expect(told.map(({ data }) => JSON.parse(String(data)))).toEqual([
      { events: [{ name: "offline", user_ids: ["session-1"] }] },
    ]);
  });

  it("is sent away with 4200, to come back at once, when the time is over", async () => {
    const { port, publisher } = await startServer({ limits: { activityTimeoutMs: 1_000, pongTimeoutMs: 60_000 } });
    const client = await RawClient.connect(port);
    await bind(publisher, client.socketId, ["session-1"]);
    await bind(publisher, client.socketId, ["client-7"], Date.now() / 1_000 + 0.5);
    expect((await client.closed).code).toBe(4200);
  });

  it("stays until the latest time of each user, and goes when the first of them has no more", async () => {
    const app = createAppRegistry([{ id: "a", keys: [{ key: "k", secret: "s" }] }], defaultLimits).byId("a");
    const state = createAppState(app as App, createLocalCluster());
    const connection = { id: "1.1" } as Connection;
    state.connections.set(connection.id, connection);
    await bindSocket(state, "1.1", { userIds: ["session-1", "client-7"], expiresAt: 100, mutedChannels: [] });
    await bindSocket(state, "1.1", { userIds: ["session-1"], expiresAt: 300, mutedChannels: [] });
    expect([99, 100].map((now) => isBindingExpired(connection, now))).toEqual([false, true]);
    await bindSocket(state, "1.1", { userIds: ["client-7"], expiresAt: 200, mutedChannels: [] });
    expect([199, 200].map((now) => isBindingExpired(connection, now))).toEqual([false, true]);
  });
});

describe("a muted channel", () => {
  it("refuses client events of that socket, before and after it joins, and no subscriber gets them", async () => {
    const { port, publisher } = await startServer();
    const [muted, other] = [await RawClient.connect(port), await RawClient.connect(port)];
    const binding = { user_ids: ["session-1"], expires_at: later(), muted_channels: ["presence-a"] };
    await postBindings(publisher, muted.socketId, binding);
    await muted.join("presence-a", JSON.stringify({ user_id: "1" }));
    await muted.join("private-b");
    for (const channel of ["presence-a", "private-b"]) {
      if (channel === "private-b") await other.join(channel);
      else await other.join(channel, JSON.stringify({ user_id: "2" }));
      muted.send({ event: "client-x", channel, data: {} });
    }
    await other.next("client-x", "private-b");
    const refusal = await muted.next("pusher:error", "presence-a");
    expect(refusal.data).toMatchObject({ message: expect.stringContaining("not allowed on this channel") });
    expect(other.received.filter(({ event, channel }) => event === "client-x" && channel === "presence-a")).toEqual([]);
  });
});

describe("bindings", () => {
  it("of an unknown socket are answered so", async () => {
    const { publisher } = await startServer();
    expect(await bind(publisher, "1.1", ["session-1"])).toEqual({ bound: false });
  });

  it("mute nothing where muted_channels is null", async () => {
    const { publisher } = await startServer();
    const body = { user_ids: ["1"], expires_at: 1, muted_channels: null };
    expect(await postBindings(publisher, "1.1", body)).toEqual({ bound: false });
  });

  it("are limited, and one more of the same is none", async () => {
    const { port, publisher } = await startServer();
    const client = await RawClient.connect(port);
    const ids = Array.from({ length: MAX_BINDINGS }, (_, index) => `user-${index}`);
    await bind(publisher, client.socketId, ids);
    expect(await bind(publisher, client.socketId, ["user-0"])).toEqual({ bound: true });
    await expect(bind(publisher, client.socketId, ["user-x"])).rejects.toMatchObject({ status: 409 });
  });

  it.each([
    ["no socket id", "x", { user_ids: ["1"], expires_at: 1 }],
    ["nobody", "1.1", { user_ids: [], expires_at: 1 }],
    ["an empty id", "1.1", { user_ids: [""], expires_at: 1 }],
    ["no time", "1.1", { user_ids: ["1"] }],
    ["a channel that is none", "1.1", { user_ids: ["1"], expires_at: 1, muted_channels: ["a b"] }],
    ["a time that is none", "1.1", { user_ids: ["1"], expires_at: 1e300 }],
  ])("with %s are refused", async (_name, socketId, body) => {
    const { publisher } = await startServer();
    await expect(postBindings(publisher, socketId, body)).rejects.toMatchObject({ status: 400 });
  });
});
