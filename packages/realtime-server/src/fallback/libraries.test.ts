import type PusherJs from "pusher-js";
import type { PresenceChannel } from "pusher-js";
import { describe, expect, it } from "vitest";
import { createClient, nextEvent, subscribed, type TestUser } from "../testing/library-client";
import { startServer, type TestServer } from "../testing/start-server";

describe.each(["xhr_streaming", "xhr_polling"] as const)("pusher-js, unmodified, by %s alone", (transport) => {
  const connect = (server: TestServer, user?: TestUser): PusherJs => createClient(server, user, [transport]);

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

  it("a client that leaves is no member any more", async () => {
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
