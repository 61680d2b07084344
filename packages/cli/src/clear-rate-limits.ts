import { audit } from "@mgs/audit/audit.repository";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { createDatabase } from "@mgs/db/client";
import { CODE_KEYS } from "@mgs/identity/second-factor/code-limiter";
import { SIGN_IN_KEYS } from "@mgs/identity/sign-in-limiter";
import { clearKeys } from "@mgs/jobs/admin/clear-keys";
import { SEND_KEY_PREFIX } from "@mgs/notifications/send-limiter";

/**
 * Deletes every counter of the rate limits in Redis, and audits it. Counters that a process kept in memory while Redis was
 * away stay until they expire.
 * @throws Error when Redis does not answer
 */
export async function clearRateLimits(env: {
  DATABASE_URL: string;
  REDIS_URL: string;
}): Promise<{ sign_in: number; second_factor: number; send: number }> {
  const prefixes = [SIGN_IN_KEYS, CODE_KEYS, SEND_KEY_PREFIX];
  const [sign_in = 0, second_factor = 0, send = 0] = await clearKeys(env.REDIS_URL, prefixes);
  const database = createDatabase(env.DATABASE_URL, 1);
  try {
    await audit(database, {
      actor: CLI_ACTOR,
      action: "rate-limits.cleared",
      details: { sign_in, second_factor, send },
    });
  } finally {
    await database.$disconnect();
  }
  return { sign_in, second_factor, send };
}
