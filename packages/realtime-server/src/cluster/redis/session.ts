import { Cluster } from "ioredis";
import { connect, isSharded, masters, type RedisClient } from "./connect";
import { inBatches } from "./in-batches";
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
  /** Called once, not after `close`, and not before `openSession` has resolved. */
  lost(error: Error): void;
};

/** Longest list of channels in one SUBSCRIBE. */
const CHANNELS_AT_ONCE = 500;

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

  function run<T>(command: (client: RedisClient) => Promise<T>, client: RedisClient = commands as RedisClient) {
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
          fail(error);
        },
      );
    });
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
    run: (command) => run(command),
    runScript: (script, keys, args) => run((client) => client.evalsha(script.digest, keys.length, ...keys, ...args)),
    publish(channel, bytes) {
      if (sharded) return run((client) => client.spublish(channel, bytes));
      if (commands instanceof Cluster) return session.runScript(PUBLISH_AT_HOME, [channel], [bytes]);
      return run((client) => client.publish(channel, bytes));
    },
    async subscribe(channels) {
      await inBatches(split(channels), (part) => run((client) => subscribeTo(client, part), subscriptions));
    },
    async unsubscribe(channels) {
      await inBatches(split(channels), (part) => run((client) => unsubscribeFrom(client, part), subscriptions));
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
