import type { CodeLimiter } from "../second-factor/code-limiter";
import type { SignInLimiter } from "../sign-in-limiter";

/** The counters of failed sign-ins: of passwords, and of the codes that follow them. */
export type AttemptLimiters = { limiter: SignInLimiter; codeLimiter: CodeLimiter };

/** Forgets a person's wrong passwords and codes: whoever signs in as them has to wait for none of these any more. */
export async function forgetAttempts(
  { limiter, codeLimiter }: AttemptLimiters,
  person: { userId: number; email: string },
): Promise<void> {
  await Promise.all([limiter.forget(person.email), codeLimiter.forget(person.userId)]);
}
