import { Cluster, Redis } from "ioredis";
import type { RedisTarget } from "./redis-url";

export type RedisClient = Redis | Cluster;

/**
 * A client for one session: it never connects again by itself, for whoever lost a connection has to put everything
 * right in the new one.
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
          // A shard that fails over answers again after a while; the caller's own time limit is shorter.
          maxRedirections: 8,
          slotsRefreshTimeout: timeoutMs,
          slotsRefreshInterval: 2_000,
          redisOptions: { ...target.options, connectionName: common.connectionName, connectTimeout: timeoutMs },
        });
  // Whoever waits for a command hears of the failure; without a listener ioredis prints it.
  client.on("error", () => undefined);
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`Redis has not answered for ${timeoutMs} ms`)), timeoutMs);
  try {
    // A client that is disconnected while it connects may never say so: it is not waited for.
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

/** A client that connects again for ever, and subscribes again to what it was subscribed to. */
export function connectLasting(target: RedisTarget, purpose: string): RedisClient {
  const again = (times: number) => Math.min(100 * times, 2_000);
  const connectionName = `mgs-realtime-${purpose}`;
  return target.kind === "single"
    ? new Redis({ ...target.options, connectionName, maxRetriesPerRequest: null, retryStrategy: again })
    : new Cluster([...target.nodes], {
        clusterRetryStrategy: again,
        redisOptions: { ...target.options, connectionName, maxRetriesPerRequest: null },
      });
}

/** Whether Redis, every node of it, has sharded pub/sub (version 7, or Valkey). */
export async function isSharded(client: RedisClient): Promise<boolean> {
  const answers = await Promise.all(
    masters(client).map((node) => node.call("COMMAND", "INFO", "SPUBLISH", "SSUBSCRIBE", "SUNSUBSCRIBE")),
  );
  // What a server does not know, or has under another name, is null.
  return answers.every((commands) => Array.isArray(commands) && commands.every((command) => command !== null));
}

/** Every node that takes writes. */
export function masters(client: RedisClient): Redis[] {
  return client instanceof Cluster ? client.nodes("master") : [client];
}
