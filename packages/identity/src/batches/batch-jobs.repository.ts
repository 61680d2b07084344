import { uuidv7 } from "@mgs/core/ids";
import type { Database, Prisma, Transaction } from "@mgs/db/client";

export type BatchRefusal = { id: number; code: string };

export type BatchJobRow = {
  id: string;
  kind: string;
  payload: unknown;
  createdBy: number | null;
  userSessionId: string | null;
  createdAt: Date;
  total: number;
  done: number;
  skipped: number;
  cursor: number;
  refusals: unknown;
  lastError: string | null;
  finishedAt: Date | null;
  cancelledAt: Date | null;
};

/** A job names no more refused items than these. */
const MAX_REFUSALS = 100;

export async function insertBatchJob(
  tx: Transaction,
  job: {
    kind: string;
    payload: Prisma.InputJsonObject;
    total: number;
    createdBy: number | null;
    userSessionId: string | null;
  },
): Promise<string> {
  const id = uuidv7();
  await tx.batchJob.create({ data: { id, ...job } });
  return id;
}

export async function findBatchJob(database: Database, id: string): Promise<BatchJobRow | null> {
  return database.batchJob.findUnique({ where: { id } });
}

/** Finds a job that goes on, and keeps it until the transaction ends: two workers do not do one batch. */
export async function lockBatchJob(tx: Transaction, id: string): Promise<BatchJobRow | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM batch_jobs WHERE id = ${id}::uuid AND finished_at IS NULL FOR UPDATE`;
  return rows.length === 0 ? null : tx.batchJob.findUnique({ where: { id } });
}

/** Writes down what a batch has done. */
export async function advanceBatchJob(
  tx: Transaction,
  job: BatchJobRow,
  step: { done: number; skipped?: number; cursor?: number; refusals?: readonly BatchRefusal[]; finishedAt?: Date },
): Promise<void> {
  const known = Array.isArray(job.refusals) ? job.refusals : [];
  const refusals = [...known, ...(step.refusals ?? [])].slice(0, MAX_REFUSALS) as Prisma.InputJsonArray;
  await tx.batchJob.update({
    where: { id: job.id },
    data: {
      done: { increment: step.done },
      skipped: { increment: step.skipped ?? 0 },
      refusals,
      lastError: null,
      ...(step.cursor === undefined ? {} : { cursor: step.cursor }),
      ...(step.finishedAt === undefined ? {} : { finishedAt: step.finishedAt }),
    },
  });
}

/** Ends a job that is locked, before its time. */
export async function cancelBatchJobRow(tx: Transaction, id: string, at: Date): Promise<void> {
  await tx.batchJob.update({ where: { id }, data: { finishedAt: at, cancelledAt: at, lastError: null } });
}

/** Notes why a batch did not come about; its row in the outbox is tried again, or lies dead. */
export async function noteBatchError(database: Database, id: string, lastError: string): Promise<void> {
  await database.batchJob.updateMany({ where: { id, finishedAt: null }, data: { lastError } });
}

/** The latest jobs that concern a person: their hand-overs. */
export async function findHandOvers(database: Database, from: number, limit: number): Promise<BatchJobRow[]> {
  return database.batchJob.findMany({
    where: { kind: "hand-over", payload: { path: ["from"], equals: from } },
    orderBy: { createdAt: "desc" },
    take: limit,
  });
}

/** Deletes up to `limit` jobs that are older than `maxAgeSeconds`. @returns how many */
export async function purgeBatchJobs(database: Database, maxAgeSeconds: number, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH chosen AS MATERIALIZED (
      SELECT "id" FROM "batch_jobs" WHERE "created_at" < now() - ${maxAgeSeconds}::int * interval '1 second'
      ORDER BY "created_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM "batch_jobs" j USING chosen WHERE j."id" = chosen."id"`;
}
