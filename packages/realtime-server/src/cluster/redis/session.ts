import { setTimeout as delay } from "node:timers/promises";
import { Cluster } from "ioredis";
import { connect, isSharded, masters, type RedisClient } from "./connect";
import { inBatches } from "./in-batches";
import { followSlots, isMoved } from "./moved-slots";
import type { RedisTarget } from "./redis-url";
import { PUBLISH_AT_HOME, SCRIPTS, type Script } from "./scripts";
import { createWatchdog } from "./watchdog";

/**
 * Two connections to Redis (or two to each node of a Redis Cluster), for as long as all is well with both. The first
 * failure ends a session for good: every call under way is refused, and whoever uses it opens the next one and puts
 * everything right there.
 */
export type Session = {
  readonly isOpen: boolean;
  /** `SPUBLISH`, or `PUBLISH` where Redis has no sharded pub/sub. */
  readonly publishCommand: "SPUBLISH" | "PUBLISH";
  /** Whether sharded channels of a Redis Cluster carry the messages. */
  readonly isSpread: boolean;
  /** @throws Error when the session ends first */
  run<T>(command: (client: RedisClient) => Promise<T>): Promise<T>;
  /** @throws Error when the session ends first */
  runScript(script: Script, keys: readonly string[], args: readonly (string | number | Buffer)[]): Promise<unknown>;
  publish(channel: string, bytes: Buffer): Promise<unknown>;
  /** Resolves when all of them are subscribed. */
  subscribe(channels: readonly string[]): Promise<void>;
  unsubscribe(channels: readonly string[]): Promise<void>;
  /** Asks the subscribing connection for a sign of life; what was published before has come by then. */
  ping(): Promise<void>;
  /** Something has to happen within the time that Redis has; else the session ends. */
  watch(): () => void;
  /** Ends the session as failed. */
  fail(error: Error): void;
  close(): void;
};

export type SessionEvents = {
  /** @param channel the name of the pub/sub channel */
  message(channel: string, bytes: Buffer): void;
  /** Channels that are in other nodes of a Redis Cluster now: what was published meanwhile may not have come. */
  moved(hasMoved: (channel: string) => boolean): void;
  /** Called once, not after `close`, and not before `openSession` has resolved. */
  lost(error: Error): void;
};

/** Longest list of channels in one SUBSCRIBE. */
const CHANNELS_AT_ONCE = 500;
/** Until a channel is looked for again, in milliseconds. */
const AGAIN_MS = 25;

const isUnknownScript = (error: Error): boolean => error.message.startsWith("NOSCRIPT");

/** @throws Error when Redis cannot be reached or refuses */
export async function openSession(target: RedisTarget, timeoutMs: number, events: SessionEvents): Promise<Session> {
  const opened = await Promise.allSettled([
    connect(target, "commands", 2 * timeoutMs),
    connect(target, "subscriptions", 2 * timeoutMs),
  ]);
  const clients = opened.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const [commands, subscriptions] = clients;
  let isOpen = true;
  let isGiven = false;

  function close(): void {
    isOpen = false;
    watchdog.stop();
    watchdog.failAll(new Error("Redis is away"));
    for (const client of clients) client.disconnect();
  }
  function fail(error: Error): void {
    if (!isOpen) return;
    close();
    if (isGiven) events.lost(error);
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

  /** @param isAnswer whether an error is one that the caller sees to */
  function run<T>(
    command: (client: RedisClient) => Promise<T>,
    client: RedisClient = commands as RedisClient,
    isAnswer: (error: Error) => boolean = () => false,
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
          if (!isAnswer(error)) fail(error);
        },
      );
    });
  }

  /** While slots move, the node that is asked may have lost the slot; where it is becomes known within moments. */
  async function runWhereItIs(command: (client: RedisClient) => Promise<unknown>): Promise<void> {
    const until = performance.now() + timeoutMs;
    for (;;) {
      try {
        await run(command, subscriptions, isMoved);
        return;
      } catch (error) {
        if (!isOpen || !isMoved(error as Error)) throw error;
        if (performance.now() > until) fail(error as Error);
        await delay(AGAIN_MS);
      }
    }
  }

  let sharded = false;
  const subscribeTo = (client: RedisClient, channels: readonly string[]) =>
    sharded ? client.ssubscribe(...channels) : client.subscribe(...channels);
  const unsubscribeFrom = (client: RedisClient, channels: readonly string[]) =>
    sharded ? client.sunsubscribe(...channels) : client.unsubscribe(...channels);
  /** In a Redis Cluster sharded channels of one command have to be in one slot. */
  const split = (channels: readonly string[]) => {
    const size = sharded && subscriptions instanceof Cluster ? 1 : CHANNELS_AT_ONCE;
    return Array.from({ length: Math.ceil(channels.length / size) }, (_, index) =>
      channels.slice(index * size, (index + 1) * size),
    );
  };

  const session: Session = {
    get isOpen() {
      return isOpen;
    },
    get publishCommand() {
      return sharded ? "SPUBLISH" : "PUBLISH";
    },
    get isSpread() {
      return sharded && commands instanceof Cluster;
    },
    run: (command) => run(command),
    async runScript({ digest, lua }, keys, args) {
      try {
        return await run((client) => client.evalsha(digest, keys.length, ...keys, ...args), commands, isUnknownScript);
      } catch (error) {
        if (!isUnknownScript(error as Error)) throw error;
        // A node that is new, or one whose scripts were flushed.
        return run((client) => client.eval(lua, keys.length, ...keys, ...args));
      }
    },
    publish(channel, bytes) {
      if (sharded) return run((client) => client.spublish(channel, bytes));
      if (commands instanceof Cluster) return session.runScript(PUBLISH_AT_HOME, [channel], [bytes]);
      return run((client) => client.publish(channel, bytes));
    },
    async subscribe(channels) {
      await inBatches(split(channels), (part) => runWhereItIs((client) => subscribeTo(client, part)));
    },
    async unsubscribe(channels) {
      await inBatches(split(channels), (part) => runWhereItIs((client) => unsubscribeFrom(client, part)));
    },
    async ping() {
      await run((client) => client.ping(), subscriptions);
    },
    watch: () => watchdog.watch(() => undefined),
    fail,
    close,
  };

  try {
    sharded = await run(isSharded);
    const onMessage = (channel: Buffer | string, bytes: Buffer) => events.message(channel.toString(), bytes);
    subscriptions.on(sharded ? "smessageBuffer" : "messageBuffer", onMessage);
    if (sharded && commands instanceof Cluster && subscriptions instanceof Cluster) {
      followSlots(commands, subscriptions, (hasMoved) => {
        if (isOpen && isGiven) events.moved(hasMoved);
      });
    }
    await run(async (client) => {
      const loads = masters(client).flatMap((node) => SCRIPTS.map(({ lua }) => node.script("LOAD", lua)));
      await Promise.all(loads);
    });
  } catch (error) {
    close();
    throw error;
  }
  isGiven = true;
  return session;
}
