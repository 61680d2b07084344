import { setTimeout as delay } from "node:timers/promises";
import { Cluster } from "ioredis";
import { connect, listMasters, type RedisClient, supportsShardedPubSub } from "./connect";
import { mapInBatches } from "./map-in-batches";
import type { RedisTarget } from "./redis-url";
import { SCRIPTS } from "./scripts/all";
import { PUBLISH_ON_SLOT_OWNER } from "./scripts/publish";
import type { Script } from "./scripts/script";
import { isRedirect, watchSlotMoves } from "./slot-moves";
import { createWatchdog } from "./watchdog";

/**
 * Two connections to Redis (or two to each node of a Redis Cluster): one for commands, one for subscriptions. The first
 * failure of either fails the pair for good: all calls under way are rejected, and the recovery opens the next pair and
 * publishes everything there.
 */
export type RedisConnectionPair = {
  readonly isOpen: boolean;
  /** `SPUBLISH`, or `PUBLISH` where Redis has no sharded pub/sub. */
  readonly publishCommand: "SPUBLISH" | "PUBLISH";
  /** Whether messages go through sharded channels of a Redis Cluster. */
  readonly isShardedCluster: boolean;
  /** @throws Error when the connection pair fails first */
  run<T>(command: (client: RedisClient) => Promise<T>): Promise<T>;
  /** @throws Error when the connection pair fails first */
  runScript(script: Script, keys: readonly string[], args: readonly (string | number | Buffer)[]): Promise<unknown>;
  publish(channel: string, bytes: Buffer): Promise<unknown>;
  /** Resolves when all of them are subscribed. */
  subscribe(channels: readonly string[]): Promise<void>;
  unsubscribe(channels: readonly string[]): Promise<void>;
  /** Pings the subscribing connection; messages that were published before have arrived when it answers. */
  ping(): Promise<void>;
  /** Fails the pair unless the returned function is called within `timeoutMs`. */
  watch(): () => void;
  /** Closes the pair as failed. */
  fail(error: Error): void;
  close(): void;
};

export type ConnectionPairEvents = {
  /** @param channel the name of the pub/sub channel */
  onMessage(channel: string, bytes: Buffer): void;
  /** Channels have moved to other nodes of a Redis Cluster: messages published meanwhile may be missing. */
  onMoved(hasMoved: (channel: string) => boolean): void;
  /** Called once, not after `close`, and not before `openConnectionPair` has resolved. */
  onLost(error: Error): void;
};

/** Channels in one SUBSCRIBE. */
const MAX_CHANNELS_PER_COMMAND = 500;
/** Wait before a redirected subscription is tried again. */
const RETRY_DELAY_MS = 25;

const isUnknownScript = (error: Error): boolean => error.message.startsWith("NOSCRIPT");

/** @throws Error when Redis cannot be reached or refuses */
export async function openConnectionPair(
  target: RedisTarget,
  timeoutMs: number,
  events: ConnectionPairEvents,
): Promise<RedisConnectionPair> {
  const opened = await Promise.allSettled([
    connect(target, "commands", 2 * timeoutMs),
    connect(target, "subscriptions", 2 * timeoutMs),
  ]);
  const clients = opened.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const [commands, subscriptions] = clients;
  let isOpen = true;
  let isReady = false;

  function close(): void {
    isOpen = false;
    watchdog.stop();
    watchdog.failAll(new Error("Redis is away"));
    for (const client of clients) client.disconnect();
  }
  function fail(error: Error): void {
    if (!isOpen) return;
    close();
    if (isReady) events.onLost(error);
  }
  const watchdog = createWatchdog(timeoutMs, fail);

  if (commands === undefined || subscriptions === undefined) {
    close();
    throw opened.find((result) => result.status === "rejected")?.reason ?? new Error("Redis is away");
  }
  for (const client of clients) {
    client.on("close", () => fail(new Error("the connection to Redis was closed")));
    client.on("end", () => fail(new Error("the connection to Redis has ended")));
    if (client instanceof Cluster) {
      client.on("-node", () => fail(new Error("a node of the Redis Cluster is gone")));
    }
  }

  /** @param isExpected whether the caller handles an error, so that it does not fail the pair */
  function run<T>(
    command: (client: RedisClient) => Promise<T>,
    client: RedisClient = commands as RedisClient,
    isExpected: (error: Error) => boolean = () => false,
  ) {
    return new Promise<T>((resolve, reject) => {
      if (!isOpen) return reject(new Error("Redis is away"));
      const done = watchdog.watch(reject);
      command(client).then(
        (answer) => {
          done();
          resolve(answer);
        },
        (error: Error) => {
          done();
          reject(error);
          if (!isExpected(error)) fail(error);
        },
      );
    });
  }

  /** Repeats a subscription that a node redirects: while slots move, ioredis learns the new node within moments. */
  async function retryWhileMoved(command: (client: RedisClient) => Promise<unknown>): Promise<void> {
    const until = performance.now() + timeoutMs;
    for (;;) {
      try {
        await run(command, subscriptions, isRedirect);
        return;
      } catch (error) {
        if (!isOpen || !isRedirect(error as Error)) throw error;
        if (performance.now() > until) fail(error as Error);
        await delay(RETRY_DELAY_MS);
      }
    }
  }

  let sharded = false;
  const subscribeTo = (client: RedisClient, channels: readonly string[]) =>
    sharded ? client.ssubscribe(...channels) : client.subscribe(...channels);
  const unsubscribeFrom = (client: RedisClient, channels: readonly string[]) =>
    sharded ? client.sunsubscribe(...channels) : client.unsubscribe(...channels);
  /** Splits a list into commands: in a Redis Cluster the sharded channels of one command have to be in one slot. */
  const split = (channels: readonly string[]) => {
    const size = sharded && subscriptions instanceof Cluster ? 1 : MAX_CHANNELS_PER_COMMAND;
    return Array.from({ length: Math.ceil(channels.length / size) }, (_, index) =>
      channels.slice(index * size, (index + 1) * size),
    );
  };

  const pair: RedisConnectionPair = {
    get isOpen() {
      return isOpen;
    },
    get publishCommand() {
      return sharded ? "SPUBLISH" : "PUBLISH";
    },
    get isShardedCluster() {
      return sharded && commands instanceof Cluster;
    },
    run: (command) => run(command),
    async runScript({ digest, lua }, keys, args) {
      try {
        return await run((client) => client.evalsha(digest, keys.length, ...keys, ...args), commands, isUnknownScript);
      } catch (error) {
        if (!isUnknownScript(error as Error)) throw error;
        // The node is new, or its scripts were flushed.
        return run((client) => client.eval(lua, keys.length, ...keys, ...args));
      }
    },
    publish(channel, bytes) {
      if (sharded) return run((client) => client.spublish(channel, bytes));
      if (commands instanceof Cluster) return pair.runScript(PUBLISH_ON_SLOT_OWNER, [channel], [bytes]);
      return run((client) => client.publish(channel, bytes));
    },
    async subscribe(channels) {
      await mapInBatches(split(channels), (part) => retryWhileMoved((client) => subscribeTo(client, part)));
    },
    async unsubscribe(channels) {
      await mapInBatches(split(channels), (part) => retryWhileMoved((client) => unsubscribeFrom(client, part)));
    },
    async ping() {
      await run((client) => client.ping(), subscriptions);
    },
    watch: () => watchdog.watch(() => undefined),
    fail,
    close,
  };

  try {
    sharded = await run(supportsShardedPubSub);
    const onMessage = (channel: Buffer | string, bytes: Buffer) => events.onMessage(channel.toString(), bytes);
    subscriptions.on(sharded ? "smessageBuffer" : "messageBuffer", onMessage);
    if (sharded && commands instanceof Cluster && subscriptions instanceof Cluster) {
      watchSlotMoves(commands, subscriptions, (hasMoved) => {
        if (isOpen && isReady) events.onMoved(hasMoved);
      });
    }
    await run(async (client) => {
      const loads = listMasters(client).flatMap((node) => SCRIPTS.map(({ lua }) => node.script("LOAD", lua)));
      await Promise.all(loads);
    });
  } catch (error) {
    close();
    throw error;
  }
  isReady = true;
  return pair;
}
