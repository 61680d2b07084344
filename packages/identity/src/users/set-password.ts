import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import { z } from "zod";
import { hashPassword } from "../password";
import { requirePermission } from "../permissions";
import { closeAllSessions } from "../sessions/end-all-sessions";
import type { SessionEndDeps } from "../sessions/end-session";
import { findAccount, setPasswordHash } from "./accounts.repository";
import { newPassword } from "./password-rule";

const setPasswordInput = z.strictObject({ userId: z.int(), password: newPassword });

/**
 * Gives an account a new password and ends every sign-in of it.
 * @returns how many sign-ins ended
 * @throws AppError FORBIDDEN, USER_NOT_FOUND, VALIDATION_ERROR
 */
export async function setPassword(
  deps: SessionEndDeps,
  actor: Actor,
  input: { userId: number; password: string },
): Promise<{ ended: number }> {
  requirePermission(actor, "accounts.manage");
  const { userId, password } = validate(setPasswordInput, input);
  if (!(await findAccount(deps.database, { id: userId }))) throw new AppError("USER_NOT_FOUND");
  const passwordHash = await hashPassword(password);
  const { ended, refs } = await deps.database.$transaction(async (tx) => {
    await setPasswordHash(tx, userId, passwordHash);
    await audit(tx, { actor, action: "user.password-set", subject: userId });
    return closeAllSessions(tx, deps.identityHooks, actor, userId, { at: deps.clock.now(), reason: "revoked" });
  });
  await deps.enqueuer.enqueue(refs);
  return { ended };
}
