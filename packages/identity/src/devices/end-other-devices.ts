import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { closeAllSessions } from "../sessions/end-all-sessions";
import type { SessionEndDeps } from "../sessions/end-session";
import { findUser } from "../users.repository";

/**
 * Ends every sign-in of a person but the one that asks: their own other devices, or for an administrator all devices of another
 * person.
 * @returns how many ended
 * @throws AppError FORBIDDEN, USER_NOT_FOUND, PROOF_REQUIRED
 */
export async function endOtherDevices(
  deps: SessionEndDeps,
  actor: Actor,
  input: { userId: number },
): Promise<{ ended: number }> {
  const { userId } = input;
  requirePermission(actor, "devices.end", { userId });
  await requireFreshProof(deps, actor);
  if (!(await findUser(deps.database, userId))) throw new AppError("USER_NOT_FOUND");
  const isOwn = actor.kind === "user" && actor.userId === userId;
  const { ended, refs } = await deps.database.$transaction((tx) =>
    closeAllSessions(tx, deps.identityHooks, actor, userId, {
      at: deps.clock.now(),
      reason: isOwn ? "deactivated" : "administrator",
      ...(isOwn ? { except: actor.userSessionId } : {}),
    }),
  );
  await deps.enqueuer.enqueue(refs);
  return { ended };
}
