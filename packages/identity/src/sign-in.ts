import { AppError } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";
import { audit } from "@mgs/db/audit.repository";
import type { Database } from "@mgs/db/client";
import { highestLegacyCost, replacePasswordHash } from "./legacy-passwords.repository";
import { hashPassword, isOutdated, passwordMatches } from "./password";
import type { SignInLimiter } from "./sign-in-limiter";
import { findCredentials, type User } from "./users.repository";

/** Longer than any password of ours: argon2id of megabytes would be a gift to whoever wants to slow us down. */
const LONGEST = 1_024;

/** Who has proved to be somebody, and the hash that the password was checked against: it may be another one any moment. */
export type Proven = { user: User; passwordHash: string };

/**
 * Checks an address and a password. A wrong password, an unknown or a disabled account give one answer in one time.
 * A hash that came from another system (bcrypt) is made anew as ours once its password is known.
 * @param ip the visitor's address: attempts are limited by account and address together
 * @throws AppError INVALID_CREDENTIALS; TOO_MANY_ATTEMPTS with `retryAfter` in seconds
 */
export async function signIn(
  deps: { database: Database; limiter: SignInLimiter },
  input: { email: string; password: string; ip: string },
): Promise<Proven> {
  const email = input.email.trim().toLowerCase();
  if (!isStorableText(email) || email.length > 320 || input.password.length > LONGEST) {
    throw new AppError("INVALID_CREDENTIALS");
  }
  const [account, legacyCost] = await Promise.all([
    findCredentials(deps.database, email),
    highestLegacyCost(deps.database),
    deps.limiter.consume(email, input.ip),
  ]);
  const usable = account !== null && account.disabledAt === null;
  const matches = await passwordMatches(account?.passwordHash ?? null, input.password, legacyCost);
  if (!usable || !matches) {
    await audit(deps.database, {
      actor: "visitor",
      action: "sign-in.refused",
      details: { ip: input.ip, ...(account ? { user_id: account.id } : {}) },
    });
    throw new AppError("INVALID_CREDENTIALS");
  }
  // Behind the person's back: the next attempt is counted after it, over the same connection.
  deps.limiter.forget(email, input.ip).catch(() => undefined);
  const { passwordHash, ...user } = account;
  if (!isOutdated(passwordHash)) return { user, passwordHash };
  const renewed = await hashPassword(input.password);
  if (await replacePasswordHash(deps.database, user.id, passwordHash, renewed)) return { user, passwordHash: renewed };
  // Another sign-in of this moment has renewed it, or somebody has set another password.
  const now = await findCredentials(deps.database, email);
  if (!now || !(await passwordMatches(now.passwordHash, input.password))) throw new AppError("INVALID_CREDENTIALS");
  return { user, passwordHash: now.passwordHash };
}
