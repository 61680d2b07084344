import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { cancelBatchJobRow, findBatchJob, lockBatchJob } from "./batch-jobs.repository";
import { isCancellable } from "./batch-kinds";

/**
 * Stops a job on many people: the batch under way is finished, and no other one begins. What was done stays done. A hand-over is not
 * stopped, since half of it would be nobody's.
 * @returns false when it had ended already
 * @throws AppError FORBIDDEN; NOT_FOUND also for a job that cannot be stopped
 */
export async function cancelBatchJob(
  deps: { database: Database; clock: Clock },
  actor: Actor,
  id: string,
): Promise<{ cancelled: boolean }> {
  requirePermission(actor, "accounts.read");
  const job = UUID_PATTERN.test(id) ? await findBatchJob(deps.database, id) : null;
  if (!job || !isCancellable(job.kind)) throw new AppError("NOT_FOUND");
  requirePermission(actor, job.kind === "import" ? "accounts.import" : "accounts.manage");
  return deps.database.$transaction(async (tx) => {
    const current = await lockBatchJob(tx, id);
    if (!current) return { cancelled: false };
    await cancelBatchJobRow(tx, id, deps.clock.now());
    const { kind, done, total } = current;
    await audit(tx, { actor, action: "users.batch-cancelled", details: { job: id, kind, done, total } });
    return { cancelled: true };
  });
}
