import { setTimeout as delay } from "node:timers/promises";
import { createTcpSwitch, type TcpSwitch } from "@mgs/core/testing/tcp-switch";
import { createRedis } from "../redis";
import { createTestRedis, type TestRedis } from "./redis-server";

/** A primary and its replica behind one address. */
export type RedisPair = {
  readonly url: string;
  readonly address: TcpSwitch;
  readonly primary: TestRedis;
  readonly replica: TestRedis;
  /** Makes the replica the primary, and the old primary its replica, which keeps all its connections. */
  failOver(): Promise<void>;
  /** Makes the primary refuse writes, while the address still leads to it. */
  demote(): Promise<void>;
  stop(): Promise<void>;
};

const POLL_MS = 50;

export async function startRedisPair(): Promise<RedisPair> {
  const primary = await createTestRedis();
  await primary.start();
  const replica = await createTestRedis();
  await replica.start();
  await call(replica, "REPLICAOF", "127.0.0.1", String(primary.port));
  while (!String(await call(replica, "INFO", "replication")).includes("master_link_status:up")) await delay(POLL_MS);
  const address = await createTcpSwitch(primary.port);
  const demote = async () => {
    await call(primary, "REPLICAOF", "127.0.0.1", String(replica.port));
  };
  return {
    url: `redis://127.0.0.1:${address.port}`,
    address,
    primary,
    replica,
    async failOver() {
      await call(replica, "REPLICAOF", "NO", "ONE");
      address.switchTo(replica.port);
      await demote();
    },
    demote,
    async stop() {
      address.close();
      await Promise.all([primary.stop(), replica.stop()]);
    },
  };
}

async function call({ url }: TestRedis, ...command: [string, ...string[]]): Promise<unknown> {
  const client = createRedis(url, "test", 5_000);
  try {
    await client.connect();
    return await client.call(...command);
  } finally {
    client.disconnect();
  }
}
