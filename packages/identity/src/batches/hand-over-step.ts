import { validate } from "@mgs/core/validate";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { requireSuccessor } from "../leaving/require-successor";
import { batchStep } from "../outbox-kinds";
import type { BatchDeps } from "./batch-deps";
import { advanceBatchJob, lockBatchJob } from "./batch-jobs.repository";
import { handOverBatch } from "./batch-kinds";

/** Records that one transaction hands over. */
const BATCH_SIZE = 100;

/** Hands the next batch over: domain after domain, until none holds anything. @throws AppError HAND_OVER_REFUSED */
export async function handOverStep(deps: BatchDeps, jobId: string): Promise<void> {
  const at = deps.clock.now();
  const refs = await deps.database.$transaction(async (tx) => {
    const job = await lockBatchJob(tx, jobId);
    if (!job) return [];
    const { from, to } = validate(handOverBatch, job.payload);
    await requireSuccessor(tx, { from, to });
    for (const { handOver } of deps.holdings) {
      const { moved, rows } = await handOver(tx, { from, to, limit: BATCH_SIZE, at });
      if (moved === 0) continue;
      await advanceBatchJob(tx, job, { done: moved });
      return insertOutbox(tx, [...rows, batchStep.row({ payload: { job_id: jobId } })]);
    }
    await advanceBatchJob(tx, job, { done: 0, finishedAt: at });
    return [];
  });
  await deps.enqueuer.enqueue(refs);
}
