import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { z } from "zod";
import { batchStep } from "../outbox-kinds";
import { insertBatchJob } from "./batch-jobs.repository";
import type { peopleBatch } from "./batch-kinds";
import { checkPeopleBatch } from "./check-people-batch";

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
  const { person, batch, total } = await checkPeopleBatch(deps, actor, input);
  const { userId: createdBy, userSessionId } = person;
  const payload = JSON.parse(JSON.stringify(batch));
  const { jobId, refs } = await deps.database.$transaction(async (tx) => {
    const id = await insertBatchJob(tx, { kind: "people", payload, total, createdBy, userSessionId });
    return { jobId: id, refs: await insertOutbox(tx, [batchStep.row({ payload: { job_id: id } })]) };
  });
  await deps.enqueuer.enqueue(refs);
  return { jobId };
}
