import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestRedis, type TestRedis } from "@mgs/jobs/testing/redis-server";
import { Redis } from "ioredis";
import { expect, onTestFinished, vi } from "vitest";

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
  /** Resolves when every node knows all slots served. */
  whole(): Promise<void>;
};

/** A Redis Cluster of three nodes, each with a third of the slots. */
export async function startRedisCluster(args: readonly string[] = []): Promise<RedisNodes> {
  const folder = await mkdtemp(join(tmpdir(), "mgs-redis-nodes-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const nodes = await Promise.all(
    [0, 1, 2].map((index) =>
      startRedis([
        ...["--cluster-enabled", "yes", "--cluster-config-file", join(folder, `nodes-${index}.conf`)],
        ...["--cluster-node-timeout", "1000", "--cluster-require-full-coverage", "no", ...args],
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
  return {
    url: `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(",")}`,
    nodes: nodes as [TestRedis, TestRedis, TestRedis],
    whole,
  };
}
