import type { RedisContext } from "./context";
import type { RedisConnectionPair } from "./redis-connection-pair";
import {
  COMPLETE_WEBHOOKS,
  LEASE_DUE_WEBHOOKS,
  LIST_UNSENT_ENDS,
  RESOLVE_END,
  SCHEDULE_WEBHOOKS,
} from "./scripts/delayed-webhooks";

/** Time that a process has to send the webhooks that it leased; after it another process may lease them. */
const LEASE_MS = 10_000;
const MAX_LEASED_WEBHOOKS = 200;

/**
 * Webhooks for the end of a channel's occupation or of a user's presence, delayed so that a return cancels them. They are
 * scheduled in Redis, so that any replica sends them, and one only.
 */
export type DelayedWebhooks = {
  /**
   * Schedules `channel_vacated` and `member_removed`; does nothing without departures.
   * @throws Error when the connection pair fails
   */
  schedule(redis: RedisConnectionPair, delayMs: number, departures: Departures): Promise<void>;
  /**
   * Schedules webhooks of ends that no replica has scheduled: the one that wrote the end may have died before it did.
   * @throws Error when the connection pair fails
   */
  scheduleUnsent(redis: RedisConnectionPair, delayMs: number, appId: string, channel: string): Promise<void>;
  /** Begins to send what is due. */
  start(): void;
  stop(): void;
};

export type Departures = {
  readonly appId: string;
  readonly channel: string;
  readonly isVacated: boolean;
  /** Members who have left. */
  readonly userIds: readonly string[];
};

export function createDelayedWebhooks(context: RedisContext): DelayedWebhooks {
  const { keys, timings } = context;
  let isSweeping = false;
  let timer: NodeJS.Timeout | undefined;

  async function sweep(): Promise<void> {
    const { redis } = context;
    if (redis === undefined || isSweeping) return;
    isSweeping = true;
    try {
      const answer = await redis.runScript(LEASE_DUE_WEBHOOKS, [keys.delayedWebhooks], [LEASE_MS, MAX_LEASED_WEBHOOKS]);
      const [lease = "", ...names] = answer as string[];
      if (names.length === 0) return;
      await Promise.all(names.map((name) => resolve(name, redis)));
      await redis.runScript(COMPLETE_WEBHOOKS, [keys.delayedWebhooks], [lease, ...names]);
    } catch {
      // The connection pair has failed; leased webhooks are due again when the lease is over.
    } finally {
      isSweeping = false;
    }
  }

  async function resolve(name: string, redis: RedisConnectionPair): Promise<void> {
    const { appId, channel, userId } = readName(name);
    const isEnded = await redis.runScript(
      RESOLVE_END,
      [keys.state(appId, channel)],
      userId === undefined ? [] : [userId],
    );
    if (isEnded !== 1) return;
    if (userId === undefined) context.receiver.raiseWebhook(appId, { name: "channel_vacated", channel });
    else context.receiver.raiseWebhook(appId, { name: "member_removed", channel, user_id: userId });
  }

  async function schedule(redis: RedisConnectionPair, delayMs: number, departures: Departures): Promise<void> {
    const channel = `${encodeURIComponent(departures.appId)} ${departures.channel}`;
    const names = [
      ...(departures.isVacated ? [channel] : []),
      ...departures.userIds.map((userId) => `${channel} ${userId}`),
    ];
    if (names.length > 0) await redis.runScript(SCHEDULE_WEBHOOKS, [keys.delayedWebhooks], [delayMs, ...names]);
  }

  return {
    schedule,
    async scheduleUnsent(redis, delayMs, appId, channel) {
      const answer = await redis.runScript(LIST_UNSENT_ENDS, [keys.state(appId, channel)], []);
      const [vacated, ...left] = answer as [number, ...string[]];
      await schedule(redis, delayMs, { appId, channel, isVacated: vacated === 1, userIds: left });
    },
    start() {
      timer = setInterval(() => void sweep(), Math.min(500, Math.max(20, timings.webhookDelayMs / 4))).unref();
    },
    stop() {
      clearInterval(timer);
    },
  };
}

/** Splits a name at its spaces: an encoded app id and the name of a channel have none. */
function readName(name: string): { appId: string; channel: string; userId: string | undefined } {
  const [appId = "", channel = "", ...rest] = name.split(" ");
  return { appId: decodeURIComponent(appId), channel, userId: rest.length === 0 ? undefined : rest.join(" ") };
}
