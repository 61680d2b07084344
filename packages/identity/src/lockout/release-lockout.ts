import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Database } from "@mgs/db/client";
import { lockManagedPerson } from "../people/lock-managed-person";
import { requirePermission } from "../permissions";
import { findAccount } from "../users/accounts.repository";
import { findLockout } from "./find-lockout";
import { type AttemptLimiters, forgetAttempts } from "./forget-attempts";
import type { Lockout } from "./lockout";
import { clearLockedUntil } from "./lockout-notice.repository";

type LockoutDeps = AttemptLimiters & { database: Database };

/**
 * Forgets a person's failed sign-ins, of passwords and of codes, so that they may try again at once, from wherever.
 * @returns whether they had to wait
 * @throws AppError FORBIDDEN, also where they hold rights that the actor has not; USER_NOT_FOUND
 */
export async function releaseLockout(
  deps: LockoutDeps,
  actor: Actor,
  input: { userId: number },
): Promise<{ released: boolean }> {
  requirePermission(actor, "lockouts.release");
  const { userId } = input;
  const account = await findAccount(deps.database, { id: userId });
  if (!account) throw new AppError("USER_NOT_FOUND");
  const lockout = await findLockout(deps, { userId, email: account.email });
  await deps.database.$transaction(async (tx) => {
    await lockManagedPerson(tx, actor, userId);
    await clearLockedUntil(tx, userId);
    await audit(tx, { actor, action: "user.lockout-released", subject: userId });
  });
  await forgetAttempts(deps, { userId, email: account.email });
  return { released: lockout !== null };
}

/**
 * Tells whether sign-ins of a person are refused at this moment because of failed ones, of wrong passwords or of wrong codes.
 * @throws AppError FORBIDDEN, USER_NOT_FOUND
 */
export async function findLockoutOf(
  deps: LockoutDeps,
  actor: Actor,
  input: { userId: number },
): Promise<Lockout | null> {
  requirePermission(actor, "accounts.read");
  const account = await findAccount(deps.database, { id: input.userId });
  if (!account) throw new AppError("USER_NOT_FOUND");
  return findLockout(deps, { userId: account.id, email: account.email });
}
