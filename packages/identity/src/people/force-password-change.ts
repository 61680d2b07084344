import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { closeAllSessions } from "../sessions/end-all-sessions";
import type { SessionEndDeps } from "../sessions/end-session";
import { lockManagedPerson } from "./lock-managed-person";
import { requirePasswordChange } from "./people.repository";

/**
 * Ends a person's sign-ins, and lets the next one do nothing but choose another password.
 * @throws AppError FORBIDDEN, also where they hold rights that the actor has not; PROOF_REQUIRED; USER_NOT_FOUND
 */
export async function forcePasswordChange(
  deps: SessionEndDeps,
  actor: Actor,
  input: { userId: number },
): Promise<{ changed: boolean; ended: number }> {
  requirePermission(actor, "accounts.manage");
  await requireFreshProof(deps, actor);
  return forcePasswordChangeOf(deps, actor, input);
}

/** The same for an act on many people, which has asked for the proof when it began. @throws AppError FORBIDDEN, USER_NOT_FOUND */
export async function forcePasswordChangeOf(
  deps: SessionEndDeps,
  actor: Actor,
  input: { userId: number },
): Promise<{ changed: boolean; ended: number }> {
  requirePermission(actor, "accounts.manage");
  const { userId } = input;
  const { changed, ended, refs } = await deps.database.$transaction(async (tx) => {
    await lockManagedPerson(tx, actor, userId);
    const forced = await requirePasswordChange(tx, userId);
    if (forced) await audit(tx, { actor, action: "user.password-change-forced", subject: userId });
    const end = { at: deps.clock.now(), reason: "password-changed" } as const;
    return { changed: forced, ...(await closeAllSessions(tx, deps.identityHooks, actor, userId, end)) };
  });
  await deps.enqueuer.enqueue(refs);
  return { changed, ended };
}
