import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import type { Enqueuer } from "../enqueuer";
import { type OutboxRef, retryDeadLetters } from "../outbox.repository";
import { requirePermission } from "../permissions";
import { failedFilter } from "./list-failed";
import { retryMatchingDeadLetters } from "./queues.repository";

type RetryDeps = { database: Database; enqueuer: Enqueuer };

const RETRY_BATCH_ROWS = 500;
/** Rows of one call, so that it ends soon; a caller with more dead letters calls again. */
const MAX_RETRIED_ROWS = 10_000;

const retryAllInput = failedFilter.extend({
  /** The `next` of the call before. */
  cursor: z.uuid({ error: "INVALID_CURSOR" }).optional(),
});

const retryInput = z.strictObject({ ids: z.array(z.uuid()).min(1).max(1_000) });

/**
 * Gives dead letters all their attempts again. It leaves out ids of rows that are not dead letters.
 * @returns the number of rows that are retried
 * @throws AppError FORBIDDEN, VALIDATION_ERROR
 */
export async function retryFailed(
  deps: RetryDeps,
  actor: Actor,
  input: { ids: readonly string[] },
): Promise<{ retried: number }> {
  requirePermission(actor, "deliveries.retry");
  const { ids } = validate(retryInput, input);
  const refs = await deps.database.$transaction(async (tx) => {
    const retried = await retryDeadLetters(tx, { ids });
    await auditRetry(tx, actor, retried, { ids });
    return retried;
  });
  await deps.enqueuer.enqueue(refs);
  return { retried: refs.length };
}

/**
 * Retries all dead letters that pass the filter, 10,000 at most, the youngest first. A row that becomes a dead letter again
 * meanwhile is not retried twice.
 * @param input `failedFilter`, and `cursor`: the `next` of the call before
 * @param progress receives the number of rows retried so far, after each batch
 * @returns the number of rows, and the cursor of the next call; null when none is left
 * @throws AppError FORBIDDEN, VALIDATION_ERROR
 */
export async function retryAllFailed(
  deps: RetryDeps,
  actor: Actor,
  input: unknown = {},
  progress: (retried: number) => void = () => undefined,
): Promise<{ retried: number; next: string | null }> {
  requirePermission(actor, "deliveries.retry");
  const { cursor = null, ...filter } = validate(retryAllInput, input);
  let retried = 0;
  let next = cursor;
  while (retried < MAX_RETRIED_ROWS) {
    const before = next;
    const refs = await deps.database.$transaction(async (tx) => {
      const batch = await retryMatchingDeadLetters(tx, filter, before, RETRY_BATCH_ROWS);
      await auditRetry(tx, actor, batch, filter);
      return batch;
    });
    await deps.enqueuer.enqueue(refs);
    retried += refs.length;
    progress(retried);
    if (refs.length < RETRY_BATCH_ROWS) return { retried, next: null };
    next = refs.map(({ id }) => id).sort()[0] ?? null;
  }
  return { retried, next };
}

async function auditRetry(
  tx: Parameters<typeof audit>[0],
  actor: Actor,
  refs: readonly OutboxRef[],
  asked: { ids?: string[]; queue?: string | undefined; kind?: string | undefined },
): Promise<void> {
  if (refs.length === 0) return;
  const { queue, kind } = asked;
  await audit(tx, {
    actor,
    action: "outbox.retried",
    details: {
      retried: refs.length,
      ...(asked.ids ? { ids: asked.ids } : {}),
      ...(queue === undefined ? {} : { queue }),
      ...(kind === undefined ? {} : { kind }),
    },
  });
}
