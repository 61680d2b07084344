import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import { can, requirePermission } from "../permissions";
import { type BatchJobRow, type BatchRefusal, findBatchJob, findHandOvers } from "./batch-jobs.repository";
import { isCancellable } from "./batch-kinds";

/** How far a job is. */
export type BatchJob = {
  id: string;
  kind: string;
  created_at: string;
  total: number;
  done: number;
  skipped: number;
  finished: boolean;
  cancelled: boolean;
  /** Whether the actor may stop it now. */
  cancellable: boolean;
  /** Code of what stops it; its batch lies among the failed deliveries when it was tried often enough. */
  error: string | null;
  refusals: readonly BatchRefusal[];
  to: number | null;
};

/** @throws AppError FORBIDDEN, NOT_FOUND */
export async function showBatchJob(deps: { database: Database }, actor: Actor, id: string): Promise<BatchJob> {
  requirePermission(actor, "accounts.read");
  const row = UUID_PATTERN.test(id) ? await findBatchJob(deps.database, id) : null;
  if (!row) throw new AppError("NOT_FOUND");
  const mayCancel = can(actor, row.kind === "import" ? "accounts.import" : "accounts.manage");
  const job = toBatchJob(row);
  return { ...job, cancellable: job.cancellable && mayCancel };
}

/** The hand-overs of what a person held, latest first. @throws AppError FORBIDDEN */
export async function listHandOvers(deps: { database: Database }, actor: Actor, from: number): Promise<BatchJob[]> {
  requirePermission(actor, "accounts.read");
  return (await findHandOvers(deps.database, from, 5)).map(toBatchJob);
}

function toBatchJob(row: BatchJobRow): BatchJob {
  const { id, kind, total, done, skipped } = row;
  const payload = row.payload as { to?: unknown };
  return {
    ...{ id, kind, total, done, skipped },
    created_at: row.createdAt.toISOString(),
    finished: row.finishedAt !== null,
    cancelled: row.cancelledAt !== null,
    cancellable: row.finishedAt === null && isCancellable(kind),
    error: row.lastError,
    refusals: row.refusals as BatchRefusal[],
    to: typeof payload.to === "number" ? payload.to : null,
  };
}
