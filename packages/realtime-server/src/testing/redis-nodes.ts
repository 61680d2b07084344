import { join } from "node:path";
import { createTestRedis, type TestRedis } from "@mgs/jobs/testing/redis-server";
import { Redis } from "ioredis";
import { expect, onTestFinished, vi } from "vitest";
import { temporaryFolder } from "./temporary-folder";

const SLOTS = 16_384;
const SOON = { timeout: 30_000 };

/** A Redis of a test's own, which ends with it. */
export async function startRedis(args: readonly string[] = []): Promise<TestRedis> {
  const redis = await createTestRedis(args);
  await redis.start();
  onTestFinished(() => redis.stop());
  return redis;
}

/** Asks one server, by a connection of its own. */
export async function ask<T>({ port }: Pick<TestRedis, "port">, question: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(port, "127.0.0.1");
  client.on("error", () => undefined);
  try {
    return await question(client);
  } finally {
    client.disconnect();
  }
}

export type RedisNodes = {
  readonly url: string;
  readonly nodes: readonly [TestRedis, TestRedis, TestRedis];
  /** Resolves when every node sees all slots served. */
  whole(): Promise<void>;
  slotOf(key: string): Promise<number>;
  /** The node, by its index, that has a slot. */
  ownerOf(slot: number): Promise<number>;
  /** Moves a slot to a node with all its keys, as `redis-cli --cluster reshard` does; `amid` is called half-way. */
  move(slot: number, to: number, amid?: () => Promise<void>): Promise<void>;
};

/** A Redis Cluster of three nodes, each with a third of the slots. */
export async function startRedisCluster(args: readonly string[] = []): Promise<RedisNodes> {
  // Before the nodes, so that it ends after them: they write into it until they end.
  const folder = temporaryFolder();
  const nodes = await Promise.all(
    [0, 1, 2].map((index) =>
      startRedis([
        ...["--cluster-enabled", "yes", "--cluster-config-file", join(folder, `nodes-${index}.conf`)],
        ...["--cluster-require-full-coverage", "no", ...args],
      ]),
    ),
  );
  const third = Math.ceil(SLOTS / 3);
  for (const [index, node] of nodes.entries()) {
    const slots = Array.from({ length: third }, (_, slot) => index * third + slot).filter((slot) => slot < SLOTS);
    await ask(node, (client) => client.cluster("ADDSLOTS", ...slots));
    await ask(nodes[0] as TestRedis, (client) => client.call("CLUSTER", "MEET", "127.0.0.1", String(node.port)));
  }
  const whole = async () => {
    for (const node of nodes) {
      await vi.waitFor(async () => {
        const info = await ask(node, (client) => client.cluster("INFO"));
        expect(info).toContain("cluster_state:ok");
        expect(info).toContain(`cluster_slots_ok:${SLOTS}`);
      }, SOON);
    }
  };
  await whole();
  const ids = await Promise.all(nodes.map((node) => ask(node, (client) => client.cluster("MYID"))));
  const setSlot = (node: TestRedis, ...args: string[]) =>
    ask(node, (client) => client.call("CLUSTER", "SETSLOT", ...args));

  async function ownerOf(slot: number): Promise<number> {
    const known = await ask(nodes[0] as TestRedis, (client) => client.cluster("NODES"));
    const isIn = (range: string) => {
      const [first = NaN, last = first] = range.split("-").map(Number);
      return slot >= first && slot <= last;
    };
    const owner = String(known)
      .split("\n")
      .find((line) => line.split(" ").slice(8).some(isIn));
    return ids.findIndex((id) => owner?.startsWith(id));
  }

  async function move(slot: number, to: number, amid?: () => Promise<void>): Promise<void> {
    const from = await ownerOf(slot);
    const [source, target] = [nodes[from] as TestRedis, nodes[to] as TestRedis];
    await setSlot(target, String(slot), "IMPORTING", ids[from] ?? "");
    await setSlot(source, String(slot), "MIGRATING", ids[to] ?? "");
    const give = () =>
      ask(source, async (client) => {
        for (;;) {
          const keys = await client.cluster("GETKEYSINSLOT", slot, 1);
          if (keys.length === 0) return;
          await client.call("MIGRATE", "127.0.0.1", String(target.port), "", "0", "5000", "KEYS", ...keys);
        }
      });
    await give();
    await amid?.();
    await give();
    for (const node of [target, source, ...nodes.filter((other) => other !== target && other !== source)]) {
      await setSlot(node, String(slot), "NODE", ids[to] ?? "");
    }
  }

  return {
    slotOf: (key) => ask(nodes[0] as TestRedis, (client) => client.cluster("KEYSLOT", key)),
    ownerOf,
    move,
    url: `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(",")}`,
    nodes: nodes as [TestRedis, TestRedis, TestRedis],
    whole,
  };
}
