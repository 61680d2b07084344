import { sha256 } from "@mgs/core/crypto";
import { createRedis, waitUntilReady, withTimeout } from "@mgs/jobs/redis";

/** Values that may be used once, by any process, while they are valid. */
export type SingleUse = {
  /**
   * Whether this is the first use of a value; never throws. Processes know of each other's uses through Redis: while that
   * is away, or too slow, each knows its own alone, so that neither sign-in nor logout needs it.
   * @param value stands for an authorization code, or is the `jti` of a logout token; only its hash is kept
   * @param ttlMs for how long the value is valid
   */
  use(kind: "code" | "logout-token", value: string, ttlMs: number): Promise<boolean>;
  close(): void;
};

const REDIS_TIMEOUT_MS = 200;

/** It connects on first use. */
export function createSingleUse(redisUrl: string): SingleUse {
  const redis = createRedis(redisUrl, "mgs-single-use", REDIS_TIMEOUT_MS);
  /** Keys that this process has used. */
  const used = new Set<string>();
  async function set(key: string, ttlMs: number): Promise<boolean> {
    await waitUntilReady(redis);
    return (await redis.set(key, 1, "PX", ttlMs, "NX")) === "OK";
  }
  return {
    async use(kind, value, ttlMs) {
      const key = `mgs:${kind}:${sha256(value)}`;
      if (used.has(key)) return false;
      used.add(key);
      setTimeout(() => used.delete(key), ttlMs).unref();
      return withTimeout(REDIS_TIMEOUT_MS, set(key, ttlMs)).catch(() => true);
    },
    close: () => redis.disconnect(),
  };
}
