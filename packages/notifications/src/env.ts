import { z } from "zod";
import { DEFAULT_SEND_LIMITS } from "./send-limiter";

const count = z.coerce.number().int().min(1).max(10_000_000);

/** Limits in accepted sends per minute. */
export const sendLimitEnv = z.object({
  SEND_LIMIT_USER_PER_MINUTE: count.default(DEFAULT_SEND_LIMITS.user),
  SEND_LIMIT_CLIENT_PER_MINUTE: count.default(DEFAULT_SEND_LIMITS.client),
});
