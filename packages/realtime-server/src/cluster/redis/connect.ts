import { Cluster, Redis } from "ioredis";
import type { RedisTarget } from "./redis-url";

export type RedisClient = Redis | Cluster;

/**
 * Connects a client of a connection pair. It never reconnects by itself: after a loss the recovery has to subscribe and
 * publish everything in a new pair.
 * @param purpose shown by `CLIENT LIST`
 * @throws Error when Redis cannot be reached within `timeoutMs`
 */
export async function connect(
  target: RedisTarget,
  purpose: "commands" | "subscriptions",
  timeoutMs: number,
): Promise<RedisClient> {
  const common = {
    connectionName: `mgs-realtime-${purpose}`,
    connectTimeout: timeoutMs,
    enableOfflineQueue: false,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    lazyConnect: true,
  };
  const client =
    target.kind === "single"
      ? new Redis({
          ...target.options,
          ...common,
          enableAutoPipelining: purpose === "commands",
          retryStrategy: () => null,
          sentinelRetryStrategy: () => null,
        })
      : new Cluster([...target.nodes], {
          lazyConnect: true,
          enableOfflineQueue: false,
          // While a slot moves, one command of a pipeline may be sent on to another node and the next one not: ioredis
          // follows such answers for single commands only.
          enableAutoPipelining: false,
          shardedSubscribers: purpose === "subscriptions",
          clusterRetryStrategy: () => null,
          // A shard answers again some time after a failover; the caller's own time limit is shorter.
          maxRedirections: 8,
          slotsRefreshTimeout: timeoutMs,
          slotsRefreshInterval: 2_000,
          redisOptions: { ...target.options, connectionName: common.connectionName, connectTimeout: timeoutMs },
        });
  // The caller of a command gets the error; without a listener ioredis prints it as well.
  client.on("error", () => undefined);
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`Redis has not answered for ${timeoutMs} ms`)), timeoutMs);
  try {
    // A client that is disconnected while it connects may never settle, so the time limit races it.
    await Promise.race([client.connect(), late.promise]);
    if (client.status !== "ready") throw new Error("Redis does not answer");
    return client;
  } catch (error) {
    client.disconnect();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A client that connects with its first command, reconnects without end and restores its subscriptions. */
export function createReconnectingClient(target: RedisTarget, purpose: string): RedisClient {
  const retryDelayMs = (times: number) => Math.min(100 * times, 2_000);
  const options = { ...target.options, connectionName: `mgs-realtime-${purpose}`, maxRetriesPerRequest: null };
  return target.kind === "single"
    ? new Redis({ ...options, lazyConnect: true, retryStrategy: retryDelayMs })
    : new Cluster([...target.nodes], {
        lazyConnect: true,
        clusterRetryStrategy: retryDelayMs,
        redisOptions: options,
      });
}

/** Whether Redis, every node of it, has sharded pub/sub (version 7, or Valkey). */
export async function supportsShardedPubSub(client: RedisClient): Promise<boolean> {
  const answers = await Promise.all(
    listMasters(client).map((node) => node.call("COMMAND", "INFO", "SPUBLISH", "SSUBSCRIBE", "SUNSUBSCRIBE")),
  );
  // The entry of an unknown or renamed command is null.
  return answers.every((commands) => Array.isArray(commands) && commands.every((command) => command !== null));
}

/** Every node that takes writes. */
export function listMasters(client: RedisClient): Redis[] {
  return client instanceof Cluster ? client.nodes("master") : [client];
}
