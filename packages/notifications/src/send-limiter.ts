import { type Actor, actorKey } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { createRedis, waitUntilReady } from "@mgs/jobs/redis";
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { createBlockLimiter } from "./rate-limit-blocks";

/** Limits in accepted sends per minute. */
export type SendLimits = { user: number; client: number };
export const DEFAULT_SEND_LIMITS: SendLimits = { user: 60, client: 6_000 };

/** Counts accepted sends of people and machine clients; our own system is not limited. */
export type SendLimiter = {
  /**
   * Takes a point right before the send is written.
   * @returns a function that gives the point back when the send is not accepted; it never throws
   * @throws AppError RATE_LIMITED with the seconds to wait
   */
  take(actor: Actor): Promise<() => Promise<void>>;
  /** Opens the connection ahead of the first send; never throws. */
  connect(): Promise<void>;
  close(): void;
};

/** Every key in Redis begins with it. */
export const SEND_KEY_PREFIX = "mgs:send:";

const WINDOW_SECONDS = 60;

/** A send waits at most this long for Redis. */
const REDIS_TIMEOUT_MS = 200;

/**
 * A process consumes up to this share of a limit in advance, so that few sends wait for Redis; points that it has left when
 * the window ends expire unused. Small limits are counted one by one.
 */
const BLOCK_SHARE = 1 / 200;
const MAX_BLOCK_SIZE = 64;

/**
 * Takes points only while the limit allows it, so that refused calls do not fill the window. It drops a point that comes
 * back after its window has ended. ARGV: points, seconds, limit.
 */
const TAKE_POINTS_SCRIPT = `
local used = tonumber(redis.call('get', KEYS[1]) or '0')
local wanted = tonumber(ARGV[1])
local ttl = redis.call('pttl', KEYS[1])
if ttl < 0 then
  if wanted < 0 then return {0, 1000 * ARGV[2]} end
  redis.call('set', KEYS[1], 0, 'EX', ARGV[2])
  used = 0
  ttl = 1000 * ARGV[2]
end
if wanted > 0 and used + wanted > tonumber(ARGV[3]) then return {used + wanted, ttl} end
return {redis.call('incrby', KEYS[1], wanted), ttl}
`;

/**
 * Counts in Redis, over all processes; each process counts for itself while Redis is away or does not answer in time. The
 * limiter has a connection of its own, because it registers its script there; the connection opens on first use.
 */
export function createSendLimiter(
  redisUrl: string,
  limits: SendLimits = DEFAULT_SEND_LIMITS,
  redisTimeoutMs = REDIS_TIMEOUT_MS,
): SendLimiter {
  const redis = createRedis(redisUrl, "mgs-send-limiter", redisTimeoutMs);
  const make = (kind: keyof SendLimits) => {
    const options = { keyPrefix: `${SEND_KEY_PREFIX}${kind}`, points: limits[kind], duration: WINDOW_SECONDS };
    const limiter: RateLimiterAbstract = new RateLimiterRedis({
      ...options,
      storeClient: redis,
      customIncrTtlLuaScript: TAKE_POINTS_SCRIPT,
      insuranceLimiter: new RateLimiterMemory(options),
    });
    return createBlockLimiter(limiter, Math.min(MAX_BLOCK_SIZE, Math.floor(limits[kind] * BLOCK_SHARE)));
  };
  const points = { user: make("user"), client: make("client") };
  return {
    async take(actor) {
      if (actor.kind === "system") return async () => undefined;
      try {
        return await points[actor.kind](actorKey(actor));
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw new AppError("RATE_LIMITED", { retryAfter: Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000)) });
      }
    },
    connect: () => waitUntilReady(redis).catch(() => undefined),
    close: () => redis.disconnect(),
  };
}

/** For the command line and other places where only our own system sends. */
export const noSendLimiter: SendLimiter = {
  take: async () => async () => undefined,
  connect: async () => undefined,
  close: () => undefined,
};
