import { sha256 } from "@mgs/core/crypto";
import { createRedis, untilReady, within } from "@mgs/jobs/redis";
import { CODE_TTL_MS } from "./retention";

/** Decides which of all processes shows a code to the provider. */
export type CodeClaims = {
  /**
   * Whether this process is the first to ask for this code; never throws. While Redis is away, or too slow,
   * everybody is.
   * @param token stands for the code
   */
  claim(token: string): Promise<boolean>;
  close(): void;
};

/** What every key in Redis begins with. */
const CODE_KEYS = "mgs:code:";
const TIMEOUT_MS = 200;

/** It connects on first use. */
export function createCodeClaims(redisUrl: string): CodeClaims {
  const redis = createRedis(redisUrl, "mgs-code-claims", TIMEOUT_MS);
  async function set(key: string): Promise<boolean> {
    await untilReady(redis);
    return (await redis.set(key, 1, "PX", CODE_TTL_MS, "NX")) === "OK";
  }
  return {
    claim: (token) => within(TIMEOUT_MS, set(`${CODE_KEYS}${sha256(token)}`)).catch(() => true),
    close: () => redis.disconnect(),
  };
}
