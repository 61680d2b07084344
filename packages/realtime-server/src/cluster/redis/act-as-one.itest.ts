import { randomUUID } from "node:crypto";
import { expect, it, vi } from "vitest";
import { RawClient } from "../../testing/raw-client";
import { startReplica, startReplicas, type TestReplica } from "../../testing/start-replicas";
import { APP } from "../../testing/start-server";

/** How long a test waits for what comes in its own time. */
const SOON = { timeout: 20_000 };

const member = (id: string) => JSON.stringify({ user_id: id, user_info: { name: `name of ${id}` } });

async function get(replica: TestReplica, path: string, params: Record<string, string> = {}): Promise<unknown> {
  const response = await replica.publisher.get({ path, params });
  expect(response.status).toBe(200);
  return response.json();
}

it("an event that is published on any replica is received on all of them, once", async () => {
  const replicas = await startReplicas(3);
  const clients = await Promise.all(replicas.map(({ port }) => RawClient.connect(port)));
  await Promise.all(clients.map((client) => client.join("private-a")));
  for (const [index, { publisher }] of replicas.entries()) {
    await publisher.trigger("private-a", "created", { index, text: "é\u0000\n😀" });
  }
  for (const client of clients) {
    for (let index = 0; index < 3; index++) {
      const event = await client.next("created");
      expect(JSON.parse(String(event.data))).toEqual({ index, text: "é\u0000\n😀" });
    }
    await client.settled();
    expect(client.received.filter(({ event }) => event === "created")).toHaveLength(3);
  }
});

it("a subscription counts from its confirmation on, and no more from its end on, where the client is", async () => {
  const [one, two] = await startReplicas(2);
  const [here, there] = [await RawClient.connect(one.port), await RawClient.connect(two.port)];
  await there.join("shared");
  await expect.poll(() => get(one, "/channels/shared"), SOON).toEqual({ occupied: true });
  for (let round = 0; round < 20; round++) {
    const channel = `own-${round}`;
    await Promise.all([here.join(channel), here.join("shared")]);
    const [own, shared, list] = await Promise.all([
      get(one, `/channels/${channel}`, { info: "subscription_count" }),
      get(one, "/channels/shared", { info: "subscription_count" }),
      get(one, "/channels", { info: "subscription_count" }),
    ]);
    expect(own).toEqual({ occupied: true, subscription_count: 1 });
    expect(shared).toEqual({ occupied: true, subscription_count: 2 });
    expect(list).toEqual({ channels: { [channel]: { subscription_count: 1 }, shared: { subscription_count: 2 } } });
    for (const left of [channel, "shared"]) here.send({ event: "pusher:unsubscribe", data: { channel: left } });
    await here.settled();
    expect(await get(one, `/channels/${channel}`)).toEqual({ occupied: false });
    expect(await get(one, "/channels/shared", { info: "subscription_count" })).toMatchObject({ subscription_count: 1 });
  }
});

it("a publisher's own socket is left out on whichever replica it is, and client events reach all the others", async () => {
  const [one, two] = await startReplicas(2);
  const [sender, other] = [await RawClient.connect(one.port), await RawClient.connect(two.port)];
  await Promise.all([sender.join("private-a"), other.join("private-a")]);
  await two.publisher.trigger("private-a", "first", {}, { socket_id: sender.socketId });
  sender.send({ event: "client-typing", channel: "private-a", data: { x: 1 } });
  await other.next("client-typing");
  await two.publisher.trigger("private-a", "last", {});
  await sender.next("last");
  expect(sender.received.map(({ event }) => event)).not.toContain("first");
  expect(sender.received.map(({ event }) => event)).not.toContain("client-typing");
  await other.next("first");
});

it("events from one publisher over rotating replicas keep their order", async () => {
  const replicas = await startReplicas(3);
  const clients = await Promise.all(replicas.map(({ port }) => RawClient.connect(port)));
  await Promise.all(clients.map((client) => client.join("private-a")));
  const count = 120;
  for (let index = 0; index < count; index++) {
    await replicas[index % 3]?.publisher.trigger("private-a", "n", index);
  }
  for (const client of clients) {
    for (let index = 0; index < count; index++) expect((await client.next("n")).data).toBe(String(index));
  }
});

it("all replicas give every client the same order of concurrent events", async () => {
  const replicas = await startReplicas(3);
  const clients = await Promise.all(replicas.map(({ port }) => RawClient.connect(port)));
  await Promise.all(clients.map((client) => client.join("private-a")));
  const sent = Array.from({ length: 150 }, (_, index) =>
    replicas[index % 3]?.publisher.trigger("private-a", "n", index),
  );
  await Promise.all(sent);
  const orders = await Promise.all(
    clients.map(async (client) => {
      for (const _ of sent) await client.next("n");
      return client.received.filter(({ event }) => event === "n").map(({ data }) => data);
    }),
  );
  expect(new Set(orders[0]).size).toBe(150);
  expect(orders[1]).toEqual(orders[0]);
  expect(orders[2]).toEqual(orders[0]);
});

it("presence is one for all: members, additions and removals, each once for a user with sockets on two replicas", async () => {
  const replicas = await startReplicas(3);
  const [one, two, three] = replicas;
  const watcher = await RawClient.connect(three.port);
  await watcher.join("presence-a", member("w"));
  const first = await RawClient.connect(one.port);
  const succeeded = await first.join("presence-a", member("u"));
  expect(JSON.parse(String(succeeded.data))).toEqual({
    presence: { ids: ["w", "u"], hash: { w: { name: "name of w" }, u: { name: "name of u" } }, count: 2 },
  });
  expect(JSON.parse(String((await watcher.next("pusher_internal:member_added")).data))).toEqual({
    user_id: "u",
    user_info: { name: "name of u" },
  });
  const second = await RawClient.connect(two.port);
  await second.join("presence-a", member("u"));
  for (const replica of replicas) {
    expect(await get(replica, "/channels/presence-a/users")).toEqual({
      users: expect.toSatisfy((users: unknown[]) => users.length === 2),
    });
  }
  first.ws.close();
  await first.closed;
  second.ws.close();
  await second.closed;
  const removed = await watcher.next("pusher_internal:member_removed");
  expect(JSON.parse(String(removed.data))).toEqual({ user_id: "u" });
  const names = watcher.received.map(({ event }) => event).filter((event) => event.includes("member_"));
  expect(names).toEqual(["pusher_internal:member_added", "pusher_internal:member_removed"]);
});

it("a presence channel is full for all replicas together", async () => {
  const replicas = await startReplicas(3, { limits: { maxPresenceMembers: 5 } });
  const clients = await Promise.all(
    Array.from({ length: 12 }, (_, index) => RawClient.connect(replicas[index % 3]?.port ?? 0)),
  );
  const outcomes = await Promise.all(
    clients.map(async (client, index) => {
      client.subscribe("presence-a", member(`u${index}`));
      return Promise.race([
        client.next("pusher_internal:subscription_succeeded").then(() => "in"),
        client.next("pusher:subscription_error").then(() => "full"),
      ]);
    }),
  );
  expect(outcomes.filter((outcome) => outcome === "in")).toHaveLength(5);
});

it("channels, users and info answer the same on every replica", async () => {
  const replicas = await startReplicas(3);
  const [one, two, three] = replicas;
  const clients = await Promise.all([one, one, two, three].map(({ port }) => RawClient.connect(port)));
  await Promise.all(clients.map((client) => client.join("private-a")));
  await Promise.all(clients.slice(0, 3).map((client, index) => client.join("presence-b", member(`u${index % 2}`))));
  for (const replica of replicas) {
    await vi.waitFor(async () => {
      expect(await get(replica, "/channels", { info: "subscription_count" })).toEqual({
        channels: { "private-a": { subscription_count: 4 }, "presence-b": { subscription_count: 3 } },
      });
      expect(await get(replica, "/channels/presence-b", { info: "user_count,subscription_count" })).toEqual({
        occupied: true,
        user_count: 2,
        subscription_count: 3,
      });
    }, SOON);
    expect(await get(replica, "/channels", { filter_by_prefix: "presence-", info: "user_count" })).toEqual({
      channels: { "presence-b": { user_count: 2 } },
    });
    expect(await get(replica, "/channels/private-none")).toEqual({ occupied: false });
  }
  for (const client of clients) client.ws.terminate();
  await vi.waitFor(async () => {
    for (const replica of replicas) expect(await get(replica, "/channels")).toEqual({ channels: {} });
  }, SOON);
});

/** Waits until a client has heard this number; a heartbeat that loads it tells of one before, or of one twice. */
async function untilCount(client: RawClient, expected: number): Promise<void> {
  for (let count = 0; count !== expected; ) {
    const { data } = await client.next("pusher_internal:subscription_count");
    count = (JSON.parse(String(data)) as { subscription_count: number }).subscription_count;
    expect(count).toBeLessThanOrEqual(expected);
  }
}

it("the number of subscriptions that clients get is that of all replicas", async () => {
  const [one, two] = await startReplicas(2);
  const first = await RawClient.connect(one.port);
  await first.join("private-a");
  await untilCount(first, 1);
  const second = await RawClient.connect(two.port);
  await second.join("private-a");
  for (const client of [first, second]) await untilCount(client, 2);
  expect([...one.raised, ...two.raised].filter(({ name }) => name === "subscription_count")).toHaveLength(2);
});

it("a user is reached and their connections ended wherever they are, and watchlists see them", async () => {
  const [one, two, three] = await startReplicas(3);
  const watcher = await RawClient.connect(three.port);
  watcher.signin(JSON.stringify({ id: "w", watchlist: ["u"] }));
  await watcher.next("pusher:signin_success");
  expect(JSON.parse(String((await watcher.next("pusher_internal:watchlist_events")).data))).toEqual({
    events: [{ name: "offline", user_ids: ["u"] }],
  });
  const sockets = [await RawClient.connect(one.port), await RawClient.connect(two.port)];
  for (const socket of sockets) {
    socket.signin(JSON.stringify({ id: "u" }));
    await socket.next("pusher:signin_success");
  }
  expect(JSON.parse(String((await watcher.next("pusher_internal:watchlist_events")).data))).toEqual({
    events: [{ name: "online", user_ids: ["u"] }],
  });
  await three.publisher.sendToUser("u", "hello", {});
  for (const socket of sockets) await socket.next("hello");
  await three.publisher.terminateUserConnections("u");
  for (const socket of sockets) expect((await socket.closed).code).toBe(4009);
  expect(JSON.parse(String((await watcher.next("pusher_internal:watchlist_events")).data))).toEqual({
    events: [{ name: "offline", user_ids: ["u"] }],
  });
});

it("the last event of a cache channel is there on every replica", async () => {
  const [one, two] = await startReplicas(2);
  await one.publisher.trigger("private-cache-a", "price", { amount: 3 });
  const client = await RawClient.connect(two.port);
  await client.join("private-cache-a");
  expect(JSON.parse(String((await client.next("price")).data))).toEqual({ amount: 3 });
});

it("clusters with other prefixes, and apps of one cluster, are isolated", async () => {
  const other = { id: "other", key: "other-key", secret: "other-secret" };
  const prefix = `test:${randomUUID()}:`;
  const [[one], [elsewhere]] = [await startReplicas(2, { prefix }), await startReplicas(2)];
  const strangers = await startReplica({ prefix, app: other });
  const [first, second, third] = [
    await RawClient.connect(one.port),
    await RawClient.connect(elsewhere.port),
    await RawClient.connect(strangers.port, other),
  ];
  await Promise.all([first.join("presence-a", member("1")), second.join("presence-a", member("2"))]);
  await third.join("a");
  await one.publisher.trigger(["presence-a", "a"], "created", {});
  await elsewhere.publisher.trigger("presence-a", "last", {});
  await strangers.publisher.trigger("a", "last", {});
  for (const client of [second, third]) {
    await client.next("last");
    expect(client.received.map(({ event }) => event)).not.toContain("created");
  }
  expect(await get(elsewhere, "/channels/presence-a/users")).toEqual({ users: [{ id: "2" }] });
  expect(await get(strangers, "/channels/presence-a")).toEqual({ occupied: false });
});

it("members who come and go while others publish cost no replica its connection to Redis", async () => {
  const timeoutMs = 4_000;
  const replicas = await startReplicas(2, {
    timings: { timeoutMs, unsubscribeDelayMs: 40 },
    limits: { maxMessagesPerSecond: 1_000_000 },
  });
  const [one, two] = replicas;
  const client = await RawClient.connect(one.port);
  const witness = await RawClient.connect(two.port);
  await witness.join("private-a");
  let isOver = false;
  const publishing = (async () => {
    for (let index = 0; !isOver; index++) await replicas[index % 2]?.publisher.trigger("private-a", "n", index);
  })();
  // Longer than Redis may take to bring a message back.
  const until = performance.now() + 1.5 * timeoutMs;
  for (let round = 0; performance.now() < until; round++) {
    await client.join("private-a");
    client.send({ event: "pusher:unsubscribe", data: { channel: "private-a" } });
    // Long enough for the topic to be unsubscribed in some rounds, and soon taken up again in others.
    for (let events = 0; events < 5 * (round % 10); events++) await witness.next("n");
  }
  isOver = true;
  await publishing;
  expect([...one.warnings, ...two.warnings]).toEqual([]);
});

it("every replica reports its numbers to all", async () => {
  const replicas = await startReplicas(3);
  const clients = await Promise.all(replicas.map(({ port }) => RawClient.connect(port)));
  await Promise.all(clients.map((client) => client.join("private-a")));
  for (const { cluster } of replicas) {
    await vi.waitFor(async () => {
      const reports = await cluster.listReports(APP.id);
      expect(reports.map(({ connections }) => connections)).toEqual([1, 1, 1]);
    }, SOON);
  }
});
