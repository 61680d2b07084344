import { Redis } from "ioredis";
import { surviveFailover } from "./survive-failover";

/** Time for making a connection, where a command has less. */
const CONNECT_TIMEOUT_MS = 2_000;
const MAX_RECONNECT_DELAY_MS = 1_000;

const reconnectDelayMs = (times: number): number => Math.min(50 * times, MAX_RECONNECT_DELAY_MS);

/**
 * Makes a client that fails fast: it queues nothing while Redis is away, a command takes `commandTimeoutMs` at most, and the
 * client reconnects in the background. It connects on first use.
 * @param name shown by `CLIENT LIST`
 */
export function createRedis(url: string, name: string, commandTimeoutMs = 200): Redis {
  const client = new Redis(url, {
    connectionName: name,
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: Math.max(CONNECT_TIMEOUT_MS, commandTimeoutMs),
    retryStrategy: reconnectDelayMs,
  });
  // Each caller learns of a failure from its own command; without a listener ioredis prints every attempt.
  client.on("error", () => undefined);
  return surviveFailover(client, commandTimeoutMs);
}

/** Makes a client for BullMQ workers, which block on it and wait for as long as Redis is away. It connects at once. */
export function createBlockingRedis(url: string, name: string): Redis {
  const client = new Redis(url, { connectionName: name, maxRetriesPerRequest: null, retryStrategy: reconnectDelayMs });
  client.on("error", () => undefined);
  return surviveFailover(client);
}

/** Waits for the connection, which it makes on first use. @throws Error when the connection closes first */
export async function waitUntilReady(client: Redis): Promise<void> {
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
 * Checks that Redis takes writes. When it is a replica, the client disconnects and connects again.
 * @throws Error when Redis does not answer
 */
export async function takesWrites(client: Redis): Promise<boolean> {
  await waitUntilReady(client);
  if (!isReplica(await client.info("replication"))) return true;
  client.disconnect(true);
  return false;
}

/** Reads from the answer of INFO whether a server is a replica. */
export function isReplica(info: string): boolean {
  return /^role:slave\r?$/m.test(info);
}

/**
 * Bounds the time of `work`. It reads an answer that arrived while the event loop was blocked before the time counts as over.
 * @throws Error when `work` takes longer
 */
export function withTimeout<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = () => reject(new Error(`no answer within ${milliseconds} ms`));
  const timer = setTimeout(() => setImmediate(late), milliseconds);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
