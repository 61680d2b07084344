import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { everyoneSignedOut } from "../outbox-kinds";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import type { SessionEndDeps } from "../sessions/end-session";

/**
 * Has the worker end the sign-ins of all people but the one that asks, which has to see it through. Sign-ins that begin after this
 * moment stay.
 * @param input.confirmation what the administrator has typed; it has to be the `phrase` that the page shows
 * @throws AppError FORBIDDEN, PROOF_REQUIRED; VALIDATION_ERROR at `confirmation`
 */
export async function endEveryone(
  deps: SessionEndDeps,
  actor: Actor,
  input: { confirmation: string; phrase: string },
): Promise<void> {
  requirePermission(actor, "sessions.end-everyone");
  await requireFreshProof(deps, actor);
  if (input.confirmation.trim().toLocaleUpperCase() !== input.phrase.toLocaleUpperCase()) {
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "confirmation", message: "WRONG_CONFIRMATION" }] });
  }
  const payload = {
    before: deps.clock.now().toISOString(),
    except_id: actor.kind === "user" ? actor.userSessionId : null,
    actor: actor.kind === "user" ? actor.userId : null,
  };
  const refs = await deps.database.$transaction(async (tx) => {
    await audit(tx, { actor, action: "sessions.ended-everywhere" });
    return insertOutbox(tx, [everyoneSignedOut.row({ payload })]);
  });
  await deps.enqueuer.enqueue(refs);
}
