import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import { createPeopleDirectory } from "../people.repository";
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
  /** `name` is the person's; null for a line of a file, and for somebody whose account is gone. */
  refusals: readonly (BatchRefusal & { name: string | null })[];
  /** Who gets what is handed over; `name` is null when their account is gone. */
  to: { id: number; name: string | null } | null;
};

/** @throws AppError FORBIDDEN, NOT_FOUND */
export async function showBatchJob(deps: { database: Database }, actor: Actor, id: string): Promise<BatchJob> {
  requirePermission(actor, "accounts.read");
  const row = UUID_PATTERN.test(id) ? await findBatchJob(deps.database, id) : null;
  if (!row) throw new AppError("NOT_FOUND");
  const mayCancel = can(actor, row.kind === "import" ? "accounts.import" : "accounts.manage");
  const [job] = await toBatchJobs(deps.database, [row]);
  if (!job) throw new AppError("NOT_FOUND");
  return { ...job, cancellable: job.cancellable && mayCancel };
}

/** The hand-overs of what a person held, latest first. @throws AppError FORBIDDEN */
export async function listHandOvers(deps: { database: Database }, actor: Actor, from: number): Promise<BatchJob[]> {
  requirePermission(actor, "accounts.read");
  return toBatchJobs(deps.database, await findHandOvers(deps.database, from, 5));
}

async function toBatchJobs(database: Database, rows: readonly BatchJobRow[]): Promise<BatchJob[]> {
  const ids = rows.flatMap((row) => [successorOf(row) ?? [], peopleRefused(row)].flat());
  const names = await createPeopleDirectory(database).findNames([...new Set(ids)]);
  return rows.map((row) => toBatchJob(row, names));
}

function successorOf({ payload }: BatchJobRow): number | null {
  const { to } = payload as { to?: unknown };
  return typeof to === "number" ? to : null;
}

/** The refusals of an import name lines of its file. */
const peopleRefused = ({ kind, refusals }: BatchJobRow): number[] =>
  kind === "import" ? [] : (refusals as BatchRefusal[]).map(({ id }) => id);

function toBatchJob(row: BatchJobRow, names: ReadonlyMap<number, string>): BatchJob {
  const { id, kind, total, done, skipped } = row;
  const to = successorOf(row);
  const nameOf = (person: number) => (kind === "import" ? null : (names.get(person) ?? null));
  return {
    ...{ id, kind, total, done, skipped },
    created_at: row.createdAt.toISOString(),
    finished: row.finishedAt !== null,
    cancelled: row.cancelledAt !== null,
    cancellable: row.finishedAt === null && isCancellable(kind),
    error: row.lastError,
    refusals: (row.refusals as BatchRefusal[]).map((refusal) => ({ ...refusal, name: nameOf(refusal.id) })),
    to: to === null ? null : { id: to, name: nameOf(to) },
  };
}
