import type { Sealer } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";
import type { Database } from "@mgs/db/client";
import { auditRefusedSignIn } from "./audit-refused-sign-in";
import { recognizeDevice, rememberDevice } from "./known-device";
import { highestLegacyCost, replacePasswordHash } from "./legacy-passwords.repository";
import { noticeLockout } from "./lockout/lockout-notice.repository";
import { noteLockout } from "./lockout/note-lockout";
import { checkPassword, hashPassword, normalizePassword } from "./password";
import type { SignInLimiter } from "./sign-in-limiter";
import { MAX_PASSWORD_LENGTH } from "./users/password-rule";
import { findCredentials, type User } from "./users.repository";

/** A person whose password was right, and the hash that it was checked against: another one may be set at any moment. */
export type VerifiedCredentials = {
  user: User;
  passwordHash: string;
  /** The password lets its owner do nothing but choose another one. */
  mustChange: boolean;
  /** The browser's cookie from now on: the next attempts of this account are known to come from it. */
  device: string;
};

/**
 * Checks an address and a password. A wrong password, an unknown or a disabled account give one answer in one time.
 * A hash that came from another system (bcrypt) is made anew as ours once its password is known.
 * @param ip the visitor's address: failed attempts are limited by account and address
 * @param device the cookie that an earlier sign-in of this browser gave it
 * @throws AppError INVALID_CREDENTIALS; TOO_MANY_ATTEMPTS with `retryAfter` in seconds
 */
export async function signIn(
  deps: { database: Database; limiter: SignInLimiter; sealer: Sealer },
  input: { email: string; password: string; ip: string; device?: string | undefined },
): Promise<VerifiedCredentials> {
  const email = input.email.trim().toLowerCase();
  if (!isStorableText(email) || email.length > 320 || normalizePassword(input.password).length > MAX_PASSWORD_LENGTH) {
    throw new AppError("INVALID_CREDENTIALS");
  }
  const knownDevice = await recognizeDevice(deps, input.device, email);
  const begun = deps.limiter.begin({ email, ip: input.ip, knownDevice });
  const found = await Promise.all([
    findCredentials(deps.database, email),
    highestLegacyCost(deps.database),
    begun,
  ]).catch((error: unknown) => {
    begun.then((attempt) => attempt.withdrawn()).catch(() => undefined);
    throw error;
  });
  const [account, legacyCost, attempt] = found;
  const usable = account !== null && account.disabledAt === null;
  const check = await checkPassword(account?.passwordHash ?? null, input.password, legacyCost);
  if (!usable || check === "wrong") {
    const { isLast, locks } = await attempt.failed();
    // The same statement for an account and for none; a known device that mistypes locks itself out alone.
    if (isLast && knownDevice === null) await noticeLockout(deps.database, usable ? account.id : null, new Date());
    if (locks) await noteLockout(deps, { userId: usable ? account.id : null, email });
    await auditRefusedSignIn(deps.database, { userId: account?.id, ip: input.ip });
    throw new AppError("INVALID_CREDENTIALS");
  }
  // The answer does not wait for it: the next attempt is counted after it, over the same connection.
  attempt.succeeded().catch(() => undefined);
  const { passwordHash, mustChange, ...user } = account;
  const device = rememberDevice(deps.sealer, input.device, email);
  if (check === "right") return { user, passwordHash, mustChange, device };
  const renewed = await hashPassword(input.password);
  if (await replacePasswordHash(deps.database, user.id, passwordHash, renewed)) {
    return { user, passwordHash: renewed, mustChange, device };
  }
  // Another sign-in of this moment has renewed it, or another password was set.
  const now = await findCredentials(deps.database, email);
  if (!now || (await checkPassword(now.passwordHash, input.password)) === "wrong") {
    throw new AppError("INVALID_CREDENTIALS");
  }
  return { user, passwordHash: now.passwordHash, mustChange: now.mustChange, device };
}
