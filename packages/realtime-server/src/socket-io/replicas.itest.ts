import { expect, it } from "vitest";
import { answerMember, socketIoOf, startBackEnd } from "../testing/laravel-back-end";
import { createClient, nextEvent, subscribed } from "../testing/library-client";
import { createEcho, hear, SOCKET_IO_KINDS } from "../testing/socket-io-echo";
import { startReplicas, type TestReplica } from "../testing/start-replicas";

const KEY = "echo-http-key-of-a-test";
/** How long a test waits for what comes in its own time. */
const SOON = { timeout: 20_000 };

/** Two servers that act as one. */
async function startPair(): Promise<readonly [TestReplica, TestReplica]> {
  const backEnd = await startBackEnd(answerMember);
  return startReplicas(2, { options: { socketIo: { ...socketIoOf(backEnd), httpKey: KEY } } });
}

/** The HTTP side of laravel-echo-server. */
const ask = async ({ port }: TestReplica, path: string): Promise<unknown> =>
  (await fetch(`http://127.0.0.1:${port}/apps/mgs${path}?auth_key=${KEY}`)).json();

it.each(SOCKET_IO_KINDS)(
  "socket.io-client $version by $transport and pusher-js meet in a presence channel across replicas",
  async (kind) => {
    const [one, two] = await startPair();
    const here = createClient(two, { id: "9", name: "Tojo" }).subscribe("presence-room");
    await nextEvent(here, "pusher:subscription_succeeded");
    const added = nextEvent(here, "pusher:member_added");
    const echo = createEcho(one.port, kind, { person: "7:Rado" });
    const room = echo.join("room");
    const people = await hear<unknown[]>((callback) => room.here(callback));
    expect(people).toHaveLength(2);
    expect(people).toEqual(expect.arrayContaining([{ name: "Tojo" }, { name: "Rado" }]));
    expect(await added).toMatchObject({ id: "7", info: { name: "Rado" } });
    for (const replica of [one, two]) {
      const { users } = (await ask(replica, "/channels/presence-room/users")) as { users: object[] };
      expect(users).toHaveLength(2);
      expect(users).toContainEqual({ id: "7", user_info: { name: "Rado" } });
      expect(await ask(replica, "/channels/presence-room")).toMatchObject({ subscription_count: 2, user_count: 2 });
      // Replicas tell each other of their connections by their heartbeats.
      await expect.poll(() => ask(replica, "/status"), SOON).toMatchObject({ subscription_count: 2 });
    }

    const typing = hear((callback) => room.listenForWhisper("typing", callback));
    here.trigger("client-typing", { name: "Tojo" });
    expect(await typing).toEqual({ name: "Tojo" });
    const heard = nextEvent(here, "client-typing");
    room.whisper("typing", { name: "Rado" });
    expect(await heard).toEqual({ name: "Rado" });

    const [joining, leaving] = [hear((callback) => room.joining(callback)), hear((callback) => room.leaving(callback))];
    const third = createClient(two, { id: "11", name: "Haja" });
    await subscribed(third, "presence-room");
    expect(await joining).toEqual({ name: "Haja" });
    const gone: string[] = [];
    here.bind("pusher:member_removed", ({ id }: { id: string }) => gone.push(id));
    third.disconnect();
    expect(await leaving).toEqual({ name: "Haja" });

    echo.leave("room");
    await expect.poll(() => gone, SOON).toEqual(["11", "7"]);
  },
);

it("a person with a page on Pusher and one on Socket.IO, each on its replica, comes and goes once", async () => {
  const [one, two] = await startPair();
  const witness = createClient(two, { id: "9", name: "Tojo" }).subscribe("presence-room");
  await nextEvent(witness, "pusher:subscription_succeeded");
  const seen: string[] = [];
  witness.bind("pusher:member_added", ({ id }: { id: string }) => seen.push(`+${id}`));
  witness.bind("pusher:member_removed", ({ id }: { id: string }) => seen.push(`-${id}`));
  const pusher = createClient(two, { id: "7", name: "Rado" });
  await subscribed(pusher, "presence-room");
  const echo = createEcho(one.port, { version: 4, transport: "websocket" }, { person: "7:Rado" });
  const room = echo.join("room");
  expect(await hear<unknown[]>((callback) => room.here(callback))).toHaveLength(2);
  pusher.disconnect();
  await expect
    .poll(() => ask(one, "/channels/presence-room"), SOON)
    .toMatchObject({ subscription_count: 2, user_count: 2 });
  echo.leave("room");
  await expect.poll(() => seen, SOON).toEqual(["+7", "-7"]);
});

it.each(SOCKET_IO_KINDS)(
  "what a publisher says on any replica reaches socket.io-client $version by $transport, but not the socket that it names",
  async (kind) => {
    const replicas = await startPair();
    const [one] = replicas;
    const echo = createEcho(one.port, kind);
    const heard: unknown[] = [];
    const channel = echo.private("orders").listen(".Saved", (data: unknown) => heard.push(data));
    const last = hear((callback) => channel.listen(".Last", callback));
    await expect.poll(() => ask(one, "/channels/private-orders"), SOON).toMatchObject({ subscription_count: 1 });
    for (const [index, { publisher }] of replicas.entries()) {
      await publisher.trigger("private-orders", "Saved", { index });
      await publisher.trigger("private-orders", "Saved", { own: index }, { socket_id: echo.socketId() ?? "" });
    }
    await one.publisher.trigger("private-orders", "Last", {});
    await last;
    expect(heard).toEqual([{ index: 0 }, { index: 1 }]);
  },
);

it.each(SOCKET_IO_KINDS)(
  "an order on one replica closes a person's socket.io-client $version by $transport on another, and it stays away",
  async (kind) => {
    const [one, two] = await startPair();
    const echo = createEcho(one.port, kind, { person: "7:Rado", reconnection: true, reconnectionDelay: 1 });
    const room = echo.join("room");
    await hear<unknown[]>((callback) => room.here(callback));
    const body = { user_ids: ["7"], expires_at: Math.floor(Date.now() / 1_000) + 60 };
    const answer = await two.publisher.post({
      path: `/sockets/${echo.socketId()}/bindings`,
      // The library's types want text, and it writes JSON itself.
      body: body as unknown as string,
    });
    expect(await answer.json()).toEqual({ bound: true });
    const ended = new Promise((resolve) => echo.connector.socket.on("disconnect", resolve));
    await two.publisher.terminateUserConnections("7");
    expect(await ended).toBe("io server disconnect");
    await expect.poll(() => one.server.statistics().connections, SOON).toBe(0);
    expect(echo.connector.socket.connected).toBe(false);
  },
);
