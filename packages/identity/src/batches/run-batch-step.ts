import { systemClock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import { PermanentFailure } from "@mgs/jobs/delivery-attempt";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import type { batchStep } from "../outbox-kinds";
import type { BatchDeps } from "./batch-deps";
import { findBatchJob, noteBatchError } from "./batch-jobs.repository";
import { handOverStep } from "./hand-over-step";
import { peopleStep } from "./people-step";

/** It makes accounts, and so needs the library of passwords, which no worker loads at its start. */
const loadImportStep = async () => (await import("../people-imports/import-step")).importStep;

/**
 * Does the next batch of a job. What it has done is committed with the row of the next batch; a batch that comes twice finds the job
 * further on, and does what is next.
 */
export const runBatchStep: OutboxHandler<OutboxPayload<typeof batchStep>> = async (worker, { payload }) => {
  const deps: BatchDeps = { ...worker, clock: systemClock };
  const job = await findBatchJob(deps.database, payload.job_id);
  if (!job || job.finishedAt) return;
  try {
    if (job.kind === "hand-over") await handOverStep(deps, job.id);
    else if (job.kind === "import") await (await loadImportStep())(deps, job.id);
    else await peopleStep(deps, job.id);
  } catch (error) {
    await noteBatchError(deps.database, job.id, error instanceof AppError ? error.code : "INTERNAL_ERROR");
    // A refusal stays one: it lies dead until somebody has changed what it is about and retries it.
    throw error instanceof AppError ? new PermanentFailure(error.code) : error;
  }
};
