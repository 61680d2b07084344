import { z } from "zod";
import { DEFAULT_SIGN_IN_LIMITS } from "./sign-in-limiter";

const count = z.coerce.number().int().min(1).max(1_000_000);

/** Bounds on sign-in attempts. */
export const signInEnv = z.object({
  /** Attempts a window for one account from one address. */
  SIGN_IN_ATTEMPTS: count.default(DEFAULT_SIGN_IN_LIMITS.pair),
  /** Attempts a window from one address, whatever the account. */
  SIGN_IN_ATTEMPTS_PER_ADDRESS: count.default(DEFAULT_SIGN_IN_LIMITS.address),
  /** Seconds. */
  SIGN_IN_WINDOW: count.default(DEFAULT_SIGN_IN_LIMITS.window),
});
