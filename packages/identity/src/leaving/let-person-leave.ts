import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { Holdings } from "@mgs/module/holdings";
import { z } from "zod";
import { insertBatchJob } from "../batches/batch-jobs.repository";
import { batchStep } from "../outbox-kinds";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import type { SessionEndDeps } from "../sessions/end-session";
import { shutAccount } from "../users/disable-user";
import { MAX_COUNTED_HOLDINGS } from "./list-holdings";
import { requireSuccessor } from "./require-successor";

const letPersonLeaveInput = z.strictObject({
  userId: z.int(),
  /** Colleague who gets what the person holds; null leaves it where it is. */
  to: z.int({ error: "REQUIRED" }).nullable(),
});

/**
 * Disables a person who leaves, and hands what they hold to a colleague: one audited act. The account is shut in this transaction; the
 * worker hands over in batches, and a crash goes on where the last batch was committed. A person who is disabled already can
 * still be handed over.
 * @returns the job of the hand-over; null without one
 * @throws AppError FORBIDDEN, PROOF_REQUIRED, USER_NOT_FOUND, LAST_ADMINISTRATOR; HAND_OVER_REFUSED for a colleague who is disabled,
 *   unknown, or the person themself
 */
export async function letPersonLeave(
  deps: SessionEndDeps & { holdings: readonly Holdings[] },
  actor: Actor,
  input: z.input<typeof letPersonLeaveInput>,
): Promise<{ jobId: string | null }> {
  requirePermission(actor, "accounts.manage");
  await requireFreshProof(deps, actor);
  if (actor.kind === "client") throw new AppError("FORBIDDEN");
  const { userId: from, to } = validate(letPersonLeaveInput, input);
  const counts = await Promise.all(deps.holdings.map(({ count }) => count(deps.database, from, MAX_COUNTED_HOLDINGS)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const { jobId, refs } = await deps.database.$transaction(async (tx) => {
    const shut = await shutAccount(tx, deps, actor, from);
    if (to === null) return { jobId: null, refs: shut.refs };
    const name = await requireSuccessor(tx, { from, to });
    const createdBy = actor.kind === "user" ? actor.userId : null;
    const userSessionId = actor.kind === "user" ? actor.userSessionId : null;
    const id = await insertBatchJob(tx, { kind: "hand-over", payload: { from, to }, total, createdBy, userSessionId });
    const details = { to: name, to_id: to, records: total, job: id };
    await audit(tx, { actor, action: "user.holdings-handed-over", subject: from, details });
    const rows = await insertOutbox(tx, [batchStep.row({ payload: { job_id: id } })]);
    return { jobId: id, refs: [...shut.refs, ...rows] };
  });
  await deps.enqueuer.enqueue(refs);
  return { jobId };
}
