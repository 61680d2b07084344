import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import { z } from "zod";
import { revokeAccountLinks } from "../account-links/account-links.repository";
import { type AttemptLimiters, forgetAttempts } from "../lockout/forget-attempts";
import { hashPassword } from "../password";
import { lockManagedPerson } from "../people/lock-managed-person";
import { requirePermission } from "../permissions";
import { closeAllSessions } from "../sessions/end-all-sessions";
import type { SessionEndDeps } from "../sessions/end-session";
import { findAccount, setPasswordHash } from "./accounts.repository";
import { newPasswordOf } from "./password-rule";

/**
 * Gives an account a password that somebody else knows: its owner has to choose another one at the next sign-in. Every sign-in of it
 * ends, and failed attempts are forgotten.
 * @returns how many sign-ins ended
 * @throws AppError FORBIDDEN, USER_NOT_FOUND, VALIDATION_ERROR
 */
export async function setPassword(
  deps: SessionEndDeps & AttemptLimiters,
  actor: Actor,
  input: { userId: number; password: string },
): Promise<{ ended: number }> {
  requirePermission(actor, "accounts.manage");
  const { userId } = input;
  const account = await findAccount(deps.database, { id: userId });
  if (!account) throw new AppError("USER_NOT_FOUND");
  const { password } = validate(z.object({ password: await newPasswordOf(account) }), { password: input.password });
  const passwordHash = await hashPassword(password);
  const at = deps.clock.now();
  const { ended, refs } = await deps.database.$transaction(async (tx) => {
    await lockManagedPerson(tx, actor, userId);
    await setPasswordHash(tx, userId, passwordHash, { at, mustChange: true });
    await revokeAccountLinks(tx, userId, at);
    await audit(tx, { actor, action: "user.password-set", subject: userId });
    return closeAllSessions(tx, deps.identityHooks, actor, userId, { at, reason: "password-changed" });
  });
  await Promise.all([deps.enqueuer.enqueue(refs), forgetAttempts(deps, { userId, email: account.email })]);
  return { ended };
}
