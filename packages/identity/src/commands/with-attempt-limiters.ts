import { readServicesEnv } from "@mgs/command-kit/services-env";
import { REDIS_TIMEOUT_MS, type Services, withServices } from "@mgs/command-kit/with-services";
import { createRedis, waitUntilReady } from "@mgs/jobs/redis";
import type { CommandContext } from "@mgs/module/command";
import type { AttemptLimiters } from "../lockout/forget-attempts";
import { createCodeLimiter } from "../second-factor/code-limiter";
import { createSignInLimiter } from "../sign-in-limiter";

/**
 * Runs `work` with the services of a command and the portals' counters of failed sign-ins. While Redis is away these do nothing, since each
 * portal counts for itself then.
 */
export function withAttemptLimiters<T>(
  context: CommandContext,
  work: (services: Services & AttemptLimiters) => Promise<T>,
): Promise<T> {
  return withServices(context, async (services) => {
    const { REDIS_URL } = readServicesEnv(await context.environment(true));
    const redis = createRedis(REDIS_URL, "mgs-command-attempts", REDIS_TIMEOUT_MS);
    try {
      await waitUntilReady(redis).catch(() => undefined);
      return await work({ ...services, limiter: createSignInLimiter(redis), codeLimiter: createCodeLimiter(redis) });
    } finally {
      redis.disconnect();
    }
  });
}
