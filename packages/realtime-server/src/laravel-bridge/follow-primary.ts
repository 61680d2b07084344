import { Cluster, type Redis } from "ioredis";
import type { RedisClient } from "../cluster/redis/connect";

const CHECK_INTERVAL_MS = 2_000;
const CONNECT_TIMEOUT_MS = 2_000;

/**
 * Makes a subscriber follow a primary that changes behind one address while the old one stays up. A subscriber writes nothing,
 * so it gets no READONLY. It asks its server for its role, and reconnects when the server is a replica and new connections to
 * the address reach a primary. Redis before version 6 does not answer a subscriber, and the client of a Redis Cluster follows
 * its nodes by itself.
 * @returns a function that ends it
 */
export function followPrimary(subscriber: RedisClient): () => void {
  if (subscriber instanceof Cluster) return () => undefined;
  let isChecking = false;

  async function check(): Promise<void> {
    if (isChecking || subscriber.status !== "ready") return;
    isChecking = true;
    try {
      if ((await isReplica(subscriber as Redis)) && (await leadsToPrimary(subscriber as Redis))) {
        subscriber.disconnect(true);
      }
    } catch {
      // Redis is away, does not answer subscribers, or does not allow INFO: the next check asks again.
    } finally {
      isChecking = false;
    }
  }

  const timer = setInterval(() => void check(), CHECK_INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

const isReplica = async (client: Redis): Promise<boolean> => /^role:slave\r?$/m.test(await client.info("replication"));

async function leadsToPrimary(subscriber: Redis): Promise<boolean> {
  const fresh = subscriber.duplicate({
    lazyConnect: true,
    autoResubscribe: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: CONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    sentinelRetryStrategy: () => null,
  });
  fresh.on("error", () => undefined);
  try {
    await fresh.connect();
    return !(await isReplica(fresh));
  } finally {
    fresh.disconnect();
  }
}
