import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { z } from "zod";
import { batchStep } from "../outbox-kinds";
import { requireMasterOf, requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { lockRoleForUse } from "../roles/roles.repository";
import { insertBatchJob } from "./batch-jobs.repository";
import { peopleBatch } from "./batch-kinds";
import { countReach } from "./count-reach";

/**
 * Starts an act on many people. The worker does it in batches, each person in a transaction of their own and with the rights that the actor
 * has at that moment; who cannot be changed is passed over, and named.
 * @returns the id of the job
 * @throws AppError FORBIDDEN, PROOF_REQUIRED, VALIDATION_ERROR
 */
export async function startPeopleBatch(
  deps: { database: Database; clock: Clock; enqueuer: Enqueuer },
  actor: Actor,
  input: z.input<typeof peopleBatch>,
): Promise<{ jobId: string }> {
  requirePermission(actor, "accounts.manage");
  await requireFreshProof(deps, actor);
  if (actor.kind !== "user") throw new AppError("FORBIDDEN");
  const batch = validate(peopleBatch, input);
  const total = await countReach(deps.database, batch);
  const { jobId, refs } = await deps.database.$transaction(async (tx) => {
    if (batch.act === "change-role") {
      const role = batch.role === undefined ? null : await lockRoleForUse(tx, batch.role);
      if (!role) throw new AppError("VALIDATION_ERROR", { details: [{ path: "role", message: "INVALID_CHOICE" }] });
      requireMasterOf(actor, { role: role.slug, portals: role.portals, permissions: role.permissions });
    }
    const { userId: createdBy, userSessionId } = actor;
    const payload = JSON.parse(JSON.stringify(batch));
    const id = await insertBatchJob(tx, { kind: "people", payload, total, createdBy, userSessionId });
    return { jobId: id, refs: await insertOutbox(tx, [batchStep.row({ payload: { job_id: id } })]) };
  });
  await deps.enqueuer.enqueue(refs);
  return { jobId };
}
