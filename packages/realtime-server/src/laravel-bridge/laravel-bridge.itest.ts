import { startRedisPair } from "@mgs/jobs/testing/redis-pair";
import { createTestRedis } from "@mgs/jobs/testing/redis-server";
import { Redis } from "ioredis";
import Echo from "laravel-echo";
import { expect, it, onTestFinished } from "vitest";
import { startBackEnd, startSocketIo } from "../testing/laravel-back-end";
import { createClient } from "../testing/library-client";
import { RawClient } from "../testing/raw-client";
import { createEcho, hear, SOCKET_IO_KINDS } from "../testing/socket-io-echo";
import { startReplicas } from "../testing/start-replicas";
import { APP, startServer } from "../testing/start-server";

const url = process.env.MGS_TEST_REDIS_URL ?? "";

/** A name of its own for each test: pub/sub has no databases. */
let count = 0;
const ownPrefix = () => `laravel[${process.pid}]*${count++}_`;

/** What `Illuminate\Broadcasting\Broadcasters\RedisBroadcaster` does. */
function laravel(prefix: string, address = url) {
  const redis = new Redis(address);
  redis.on("error", () => undefined);
  onTestFinished(() => redis.disconnect());
  const broadcast = (channel: string, event: string, data: unknown, socket: string | null = null) =>
    redis.publish(`${prefix}${channel}`, JSON.stringify({ event, data, socket }));
  /** Waits until so many bridges listen: a server does not wait for its own for ever. */
  const heardBy = (bridges: number) =>
    expect.poll(() => redis.publish(prefix, "no broadcast"), { timeout: 20_000 }).toBe(bridges);
  return { broadcast, heardBy };
}

it("Laravel Echo receives the broadcasts of Laravel, as with laravel-echo-server", async () => {
  const prefix = ownPrefix();
  const server = await startServer({ options: { laravel: { url, prefix, appId: APP.id } } });
  const echo = new Echo({ broadcaster: "pusher", client: createClient(server), key: APP.key });
  const channel = echo.private("user.1");
  const received = new Promise((resolve) => channel.listen("PaymentStatusUpdated", resolve));
  await new Promise<void>((resolve) => channel.subscribed(() => resolve()));
  const { broadcast, heardBy } = laravel(prefix);
  await heardBy(1);
  await broadcast("private-user.1", "App\\Events\\PaymentStatusUpdated", { id: 5, status: "payé" });
  expect(await received).toEqual({ id: 5, status: "payé" });
});

it.each(SOCKET_IO_KINDS)(
  "laravel-echo by socket.io-client $version and $transport receives them beside one by Pusher, and not what it caused",
  async (kind) => {
    const prefix = ownPrefix();
    const laravelOptions = { url, prefix, appId: APP.id };
    const server = await startSocketIo(await startBackEnd(), { options: { laravel: laravelOptions } });
    const byPusher = new Echo({ broadcaster: "pusher", client: createClient(server), key: APP.key }).private("user.1");
    const echo = createEcho(server.port, kind);
    const heard: unknown[] = [];
    const bySocketIo = echo.private("user.1").listen("Paid", (data: unknown) => heard.push(data));
    const ends = [byPusher, bySocketIo].map((channel) => hear((callback) => channel.listen(".last", callback)));
    const state = async () =>
      (
        await server.publisher.get({ path: "/channels/private-user.1", params: { info: "subscription_count" } })
      ).json() as Promise<unknown>;
    await expect.poll(state).toMatchObject({ subscription_count: 2 });
    const { broadcast, heardBy } = laravel(prefix);
    await heardBy(1);
    await broadcast("private-user.1", "App\\Events\\Paid", { id: 5, status: "payé" });
    await broadcast("private-user.1", "App\\Events\\Paid", { id: 6 }, echo.socketId() ?? null);
    await broadcast("private-user.1", "last", {});
    await Promise.all(ends);
    expect(heard).toEqual([{ id: 5, status: "payé" }]);
  },
);

it("in a cluster each client receives it once, and the socket it came from not at all", async () => {
  const prefix = ownPrefix();
  const replicas = await startReplicas(3, { options: { laravel: { url, prefix, appId: APP.id } } });
  const clients = await Promise.all(replicas.map(({ port }) => RawClient.connect(port)));
  await Promise.all(
    clients.map((client) => client.join("presence-room", JSON.stringify({ user_id: client.socketId }))),
  );
  const { broadcast, heardBy } = laravel(prefix);
  await heardBy(replicas.length);
  await broadcast("presence-room", "first", {}, clients[1]?.socketId);
  await broadcast("presence-other", "elsewhere", {});
  await broadcast("presence-room", "last", {});
  for (const client of clients) {
    await client.next("last");
    await client.settled();
    const names = client.received.map(({ event }) => event).filter((event) => !event.startsWith("pusher"));
    expect(names).toEqual(client === clients[1] ? ["last"] : ["first", "last"]);
  }
});

it("goes on when Redis has been away, and starts without it", async () => {
  const redis = await createTestRedis();
  onTestFinished(() => redis.stop());
  const server = await startServer({ options: { laravel: { url: redis.url, prefix: "", appId: APP.id } } });
  const client = await RawClient.connect(server.port);
  await client.join("private-a");
  for (const event of ["first", "second"]) {
    await redis.start();
    const { broadcast } = laravel("", redis.url);
    // The bridge connects by itself: until then Redis counts no subscriber.
    await expect.poll(() => broadcast("private-a", event, {}), { timeout: 20_000 }).toBe(1);
    await client.next(event);
    await redis.stop();
  }
});

it("follows the new primary when Redis fails over and the old one stays up as a replica", async () => {
  const prefix = ownPrefix();
  const redis = await startRedisPair();
  onTestFinished(() => redis.stop());
  const { address, primary, replica } = redis;
  const server = await startServer({ options: { laravel: { url: redis.url, prefix, appId: APP.id } } });
  const client = await RawClient.connect(server.port);
  await client.join("private-a");
  await laravel(prefix, primary.url).heardBy(1);

  await redis.failOver();
  const { broadcast, heardBy } = laravel(prefix, replica.url);
  await heardBy(1);
  await expect.poll(() => Object.keys(address.counts())).toEqual([String(replica.port)]);
  await broadcast("private-a", "paid", { id: 5 });
  await client.next("paid");
});

it("stays with a replica whose address leads to no primary", async () => {
  const prefix = ownPrefix();
  const redis = await startRedisPair();
  onTestFinished(() => redis.stop());
  const admin = new Redis(redis.replica.url);
  onTestFinished(() => admin.disconnect());
  await startServer({ options: { laravel: { url: redis.replica.url, prefix, appId: APP.id } } });
  await laravel(prefix, redis.replica.url).heardBy(1);
  const subscriber = async () => /^id=(\d+) .* psub=1 /m.exec(String(await admin.client("LIST")))?.[1];
  const connections = async () => Number(/total_connections_received:(\d+)/.exec(await admin.info("stats"))?.[1]);
  const [id, made] = [await subscriber(), await connections()];
  // It looks for a primary by a connection of its own: with the second one the first has changed nothing.
  await expect.poll(connections).toBeGreaterThanOrEqual(made + 2);
  expect(await subscriber()).toBe(id);
});
