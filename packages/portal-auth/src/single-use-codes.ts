import { sha256 } from "@mgs/core/crypto";
import { createRedis, waitUntilReady, withTimeout } from "@mgs/jobs/redis";
import { CODE_TTL_MS } from "./lifetimes";

/** Decides which of all processes exchanges an authorization code: a code may be used once (RFC 6749 section 4.1.2). */
export type SingleUseCodes = {
  /**
   * Whether this process is the first to use a code; never throws. While Redis is away, or too slow, every process gets
   * `true`.
   * @param token stands for the code
   */
  use(token: string): Promise<boolean>;
  close(): void;
};

const KEY_PREFIX = "mgs:code:";
const REDIS_TIMEOUT_MS = 200;

/** It connects on first use. */
export function createSingleUseCodes(redisUrl: string): SingleUseCodes {
  const redis = createRedis(redisUrl, "mgs-single-use-codes", REDIS_TIMEOUT_MS);
  async function set(key: string): Promise<boolean> {
    await waitUntilReady(redis);
    return (await redis.set(key, 1, "PX", CODE_TTL_MS, "NX")) === "OK";
  }
  return {
    use: (token) => withTimeout(REDIS_TIMEOUT_MS, set(`${KEY_PREFIX}${sha256(token)}`)).catch(() => true),
    close: () => redis.disconnect(),
  };
}
