import type { Database } from "@mgs/db/client";
import type { SignInLimiter } from "../sign-in-limiter";
import { setLockedUntil } from "./lockout-notice.repository";

/**
 * Writes down until when sign-ins of an account are refused, so that the list of people can be filtered by it. The counters decide who
 * waits; this is what they said after the failure that locks.
 * @param failed.userId null for an address without an account: the same statement then changes nothing, in the same time
 */
export async function noteLockout(
  deps: { database: Database; limiter: SignInLimiter },
  failed: { userId: number | null; email: string },
): Promise<void> {
  const lockout = await deps.limiter.findLockout(failed.email);
  if (!lockout) return;
  await setLockedUntil(deps.database, failed.userId ?? 0, new Date(Date.now() + lockout.retryAfter * 1_000));
}
