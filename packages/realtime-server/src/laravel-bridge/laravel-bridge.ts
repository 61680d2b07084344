import type { Logger } from "@mgs/core/logger";
import { createReconnectingClient } from "../cluster/redis/connect";
import { parseRedisUrl } from "../cluster/redis/redis-url";
import { type Broadcast, readBroadcast } from "./broadcast";
import { followPrimary } from "./follow-primary";

export type LaravelBridgeOptions = {
  /** The Redis that Laravel broadcasts to. */
  url: string;
  /** Laravel's `database.redis.options.prefix`; empty where it has none. */
  prefix: string;
};

/** Receives the broadcasts of a Laravel back end through Redis, as laravel-echo-server does. */
export type LaravelBridge = {
  /** Resolves when it listens, or goes on trying after `waitMs`. */
  start(waitMs?: number): Promise<void>;
  stop(): void;
};

/**
 * Every replica has a bridge of its own, and each bridge receives every broadcast, for the subscribers of its
 * own process alone.
 * @param deliver called with each broadcast of Laravel
 * @throws Error when the address is none
 */
export function createLaravelBridge(
  { url, prefix }: LaravelBridgeOptions,
  deliver: (broadcast: Broadcast) => void,
  logger: Logger,
): LaravelBridge {
  const client = createReconnectingClient(parseRedisUrl(url), "laravel-bridge");
  let stopFollowing = (): void => undefined;
  let isAway = false;
  client.on("error", (error) => {
    if (!isAway) logger.warn({ err: error }, "the Redis of Laravel's broadcasts is away");
    isAway = true;
  });
  client.on("ready", () => {
    if (isAway) logger.info("the Redis of Laravel's broadcasts is back");
    isAway = false;
  });
  client.on("pmessage", (_pattern, channel, text) => {
    const broadcast = readBroadcast(prefix, channel, text);
    if (broadcast === undefined) logger.debug({ channel }, "no broadcast of Laravel");
    else deliver(broadcast);
  });

  return {
    async start(waitMs = 2_000) {
      stopFollowing = followPrimary(client);
      const listening = client.psubscribe(`${escapePattern(prefix)}*`).then(
        () => logger.info({ prefix }, "listening to Laravel's broadcasts"),
        (error: unknown) => logger.warn({ err: error }, "Laravel's broadcasts cannot be listened to"),
      );
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, waitMs);
      });
      await Promise.race([listening, late]);
      clearTimeout(timer);
    },
    stop() {
      stopFollowing();
      client.disconnect();
    },
  };
}

/** Characters that have a meaning in a pattern of Redis stand for themselves. */
const escapePattern = (text: string): string => text.replaceAll(/[*?[\]\\^-]/g, "\\$&");
