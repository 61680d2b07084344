import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTestRedis, testRedisProgram } from "@mgs/jobs/testing/redis-server";
import { expect, it, onTestFinished, vi } from "vitest";
import { RawClient } from "../../testing/raw-client";
import { ask, startRedis, startRedisCluster } from "../../testing/redis-nodes";
import { startReplicas, type TestReplica } from "../../testing/start-replicas";
import { temporaryFolder } from "../../testing/temporary-folder";

const SOON = { timeout: 30_000 };
const member = (id: string) => JSON.stringify({ user_id: id });
/** A node that answers late is no node that is gone, but a session has to end before a test does. */
const timings = { timeoutMs: 5_000 };

/** Clients on two replicas that hear each other, see each other and are answered the same. */
async function expectOne([one, two]: readonly [TestReplica, TestReplica]): Promise<void> {
  const room = `presence-${randomUUID()}`;
  const [a, b] = [await RawClient.connect(one.port), await RawClient.connect(two.port)];
  await a.join(room, member("a"));
  await b.join(room, member("b"));
  expect((await a.next("pusher_internal:member_added")).data).toBe(JSON.stringify({ user_id: "b" }));
  for (let index = 0; index < 20; index++) {
    await a.join(`private-${index}`);
    await two.publisher.trigger([`private-${index}`, room], "n", index);
    await a.next("n", `private-${index}`);
    expect((await b.next("n", room)).data).toBe(String(index));
  }
  for (const { publisher } of [one, two]) {
    const response = await publisher.get({ path: `/channels/${room}`, params: { info: "user_count" } });
    expect(await response.json()).toEqual({ occupied: true, user_count: 2 });
    await vi.waitFor(async () => {
      const all = (await (await publisher.get({ path: "/channels" })).json()) as { channels: object };
      expect(Object.keys(all.channels)).toEqual(expect.arrayContaining([room, "private-0", "private-19"]));
    }, SOON);
  }
  b.ws.terminate();
  expect((await a.next("pusher_internal:member_removed")).data).toBe(JSON.stringify({ user_id: "b" }));
  a.ws.terminate();
  await a.closed;
}

/** Waits until replicas hear each other again, both ways and on every node. */
async function untilTogether([one, two]: readonly [TestReplica, TestReplica]): Promise<void> {
  const channels = Array.from({ length: 12 }, (_, index) => `private-probe-${index}`);
  for (const [from, to] of [
    [one, two],
    [two, one],
  ] as const) {
    const client = await RawClient.connect(to.port);
    for (const channel of channels) await client.join(channel);
    const probes: string[] = [];
    const countReceived = () => probes.map((probe) => client.received.filter(({ event }) => event === probe).length);
    await vi.waitFor(async () => {
      const probe = `probe ${randomUUID()}`;
      probes.push(probe);
      await from.publisher.trigger(channels, probe, {});
      await vi.waitFor(() => expect(countReceived()).toContain(channels.length), { timeout: 500 });
    }, SOON);
    client.ws.terminate();
  }
}

it("works on a Redis Cluster of three nodes, through the loss and the return of one of them", async () => {
  const { url, nodes, whole } = await startRedisCluster();
  const replicas = await startReplicas(2, { url, timings });
  await expectOne(replicas);
  // Every node carries topics of its own: sharded pub/sub.
  const client = await RawClient.connect(replicas[0].port);
  for (let index = 0; index < 30; index++) await client.join(`private-${index}`);
  for (const node of nodes) {
    const channels = await ask(node, (redis) => redis.call("PUBSUB", "SHARDCHANNELS"));
    expect((channels as string[]).length).toBeGreaterThan(0);
  }
  await nodes[1].stop();
  await replicas[0].publisher.trigger(
    Array.from({ length: 30 }, (_, index) => `private-${index}`),
    "alone",
    {},
  );
  for (let index = 0; index < 30; index++) await client.next("alone", `private-${index}`);
  await nodes[1].start();
  await whole();
  await untilTogether(replicas);
  await expectOne(replicas);
}, 180_000);

it("works through Sentinel, and goes on with the new master after a failover", async () => {
  const folder = temporaryFolder();
  const master = await startRedis([]);
  const replica = await startRedis(["--replicaof", "127.0.0.1", String(master.port)]);
  await vi.waitFor(async () => {
    expect(await ask(replica, (client) => client.info("replication"))).toContain("master_link_status:up");
  }, SOON);
  const config = join(folder, "sentinel.conf");
  const sentinelPort = (await createTestRedis()).port;
  await writeFile(
    config,
    [
      `port ${sentinelPort}`,
      "bind 127.0.0.1",
      `dir ${folder}`,
      `sentinel monitor mymaster 127.0.0.1 ${master.port} 1`,
      "sentinel down-after-milliseconds mymaster 60000",
      "sentinel failover-timeout mymaster 3000",
    ].join("\n"),
  );
  const sentinel = spawn(testRedisProgram(), [config, "--sentinel"], { stdio: "ignore" });
  onTestFinished(async () => {
    const ended = once(sentinel, "exit");
    sentinel.kill("SIGKILL");
    await ended;
  });
  await vi.waitFor(async () => {
    const known = await ask({ port: sentinelPort }, (client) => client.call("SENTINEL", "REPLICAS", "mymaster"));
    expect(known).toHaveLength(1);
  }, SOON);
  const replicas = await startReplicas(2, { url: `redis+sentinel://127.0.0.1:${sentinelPort}/mymaster`, timings });
  await expectOne(replicas);
  // Not before: a master that a busy machine holds up would be replaced in the middle of the above.
  await ask({ port: sentinelPort }, (client) =>
    client.call("SENTINEL", "SET", "mymaster", "down-after-milliseconds", "1000"),
  );
  await master.stop();
  await vi.waitFor(async () => {
    expect(await ask(replica, (client) => client.info("replication"))).toContain("role:master");
  }, SOON);
  await untilTogether(replicas);
  await expectOne(replicas);
}, 180_000);
