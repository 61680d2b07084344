import type { AttemptLimiters } from "./forget-attempts";
import type { Lockout } from "./lockout";

/** Finds whether a person has to wait, after wrong passwords or after the wrong codes that follow them; the longer wait of both. */
export async function findLockout(
  { limiter, codeLimiter }: AttemptLimiters,
  person: { userId: number; email: string },
): Promise<Lockout | null> {
  const both = await Promise.all([limiter.findLockout(person.email), codeLimiter.findLockout(person.userId)]);
  const lockouts = both.filter((lockout) => lockout !== null);
  if (lockouts.length === 0) return null;
  return {
    everywhere: lockouts.some(({ everywhere }) => everywhere),
    retryAfter: Math.max(...lockouts.map(({ retryAfter }) => retryAfter)),
  };
}
