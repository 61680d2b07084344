import { Redis } from "ioredis";
import { surviveFailover } from "./survive-failover";

/** Milliseconds a connection may take to be made; who has more time for a command has it for this as well. */
const CONNECT_TIMEOUT = 2_000;
/** Longest wait in milliseconds between two attempts to reach Redis again. */
const RECONNECT_CEILING = 1_000;

const reconnect = (times: number): number => Math.min(50 * times, RECONNECT_CEILING);

/**
 * A client that would rather fail than wait: nothing is queued while Redis is away, a command takes at most `timeout`
 * milliseconds, and the connection comes back in the background. It connects on first use.
 * @param name shown by `CLIENT LIST`
 */
export function createRedis(url: string, name: string, timeout = 200): Redis {
  const client = new Redis(url, {
    connectionName: name,
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: Math.max(CONNECT_TIMEOUT, timeout),
    retryStrategy: reconnect,
  });
  // Each caller learns of the failure from its own command; without a listener ioredis prints every attempt.
  client.on("error", () => undefined);
  return surviveFailover(client, timeout);
}

/** A client for BullMQ workers, which block on it and wait for as long as Redis is away. It connects at once. */
export function createBlockingRedis(url: string, name: string): Redis {
  const client = new Redis(url, { connectionName: name, maxRetriesPerRequest: null, retryStrategy: reconnect });
  client.on("error", () => undefined);
  return surviveFailover(client);
}

/** Waits for the connection, made now if it never was. @throws Error when it is lost first */
export async function untilReady(client: Redis): Promise<void> {
  if (client.status === "ready") return;
  if (client.status === "wait") return client.connect();
  await new Promise<void>((resolve, reject) => {
    const settle = (end: () => void) => () => {
      client.off("ready", ready);
      client.off("close", closed);
      end();
    };
    const ready = settle(resolve);
    const closed = settle(() => reject(new Error("Redis is away")));
    client.once("ready", ready);
    client.once("close", closed);
  });
}

/**
 * True when Redis answers and takes writes; a replica is left for where new connections lead.
 * @throws Error when Redis does not answer
 */
export async function takesWrites(client: Redis): Promise<boolean> {
  await untilReady(client);
  if (!isReplica(await client.info("replication"))) return true;
  client.disconnect(true);
  return false;
}

/** @param info answer of INFO */
export function isReplica(info: string): boolean {
  return /^role:slave\r?$/m.test(info);
}

/**
 * An answer that had arrived while this process stood still is read before the time counts as over.
 * @throws Error when `work` takes longer
 */
export function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = () => reject(new Error(`no answer within ${milliseconds} ms`));
  const timer = setTimeout(() => setImmediate(late), milliseconds);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
