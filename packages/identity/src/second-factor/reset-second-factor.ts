import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { securityNoticeRow } from "../notices/security-notice";
import { lockManagedPerson } from "../people/lock-managed-person";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { closeAllSessions } from "../sessions/end-all-sessions";
import type { SessionEndDeps } from "../sessions/end-session";
import { findUser } from "../users.repository";
import type { CodeLimiter } from "./code-limiter";
import { removeFactorsAddedSince } from "./remove-factors-added-since";

const THE_BEGINNING = new Date(0);

/**
 * Removes all second factors of a person who has lost them, and ends their sign-ins: whoever has the lost device may be signed in on
 * it. Their wrong codes are forgotten. Their password alone lets them in, or through a new set-up where their role requires a second factor.
 * @returns how many sign-ins ended
 * @throws AppError FORBIDDEN, PROOF_REQUIRED, USER_NOT_FOUND
 */
export async function resetSecondFactor(
  deps: SessionEndDeps & { codeLimiter: CodeLimiter },
  actor: Actor,
  input: { userId: number },
): Promise<{ ended: number }> {
  requirePermission(actor, "accounts.manage");
  await requireFreshProof(deps, actor);
  const { userId } = input;
  if (!(await findUser(deps.database, userId))) throw new AppError("USER_NOT_FOUND");
  const at = deps.clock.now();
  const { ended, refs } = await deps.database.$transaction(async (tx) => {
    await lockManagedPerson(tx, actor, userId);
    const removed = await removeFactorsAddedSince(tx, userId, THE_BEGINNING);
    await audit(tx, { actor, action: "second-factor.reset", subject: userId, details: removed });
    const notice = securityNoticeRow({ userId, notice: "second-factor-changed", at, details: { change: "reset" } });
    const notices = await insertOutbox(tx, [notice]);
    const closed = await closeAllSessions(tx, deps.identityHooks, actor, userId, { at, reason: "second-factor-reset" });
    return { ended: closed.ended, refs: [...notices, ...closed.refs] };
  });
  await Promise.all([deps.enqueuer.enqueue(refs), deps.codeLimiter.forget(userId)]);
  return { ended };
}
