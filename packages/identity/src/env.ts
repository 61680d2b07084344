import { z } from "zod";
import { DEFAULT_SIGN_IN_LIMITS } from "./sign-in-limiter";

const count = z.coerce.number().int().min(1).max(1_000_000);

/** Bounds on failed sign-ins. */
export const signInEnv = z.object({
  /** Failures a window of one account from one address, and from one known device. */
  SIGN_IN_ATTEMPTS: count.default(DEFAULT_SIGN_IN_LIMITS.pair),
  /** Failures a window from one address, over all accounts. */
  SIGN_IN_ATTEMPTS_PER_ADDRESS: count.default(DEFAULT_SIGN_IN_LIMITS.address),
  /** Failures a day of one account from all unknown devices together. */
  SIGN_IN_ATTEMPTS_PER_ACCOUNT: count.default(DEFAULT_SIGN_IN_LIMITS.account),
  /** Seconds. */
  SIGN_IN_WINDOW: count.default(DEFAULT_SIGN_IN_LIMITS.windowSeconds),
});
