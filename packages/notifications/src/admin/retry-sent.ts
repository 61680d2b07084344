import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { retryFailed } from "@mgs/jobs/admin/retry-failed";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { requirePermission } from "../permissions";
import { findDeadDeliveries, findSent, readDeliveries } from "./sent.repository";
import { sentFilter } from "./sent-filter";

type RetryDeps = { database: Database; enqueuer: Enqueuer };

/** The console shows "more than 1,000" beyond this count. */
export const MAX_COUNTED_DELIVERIES = 1_000;
const RETRY_BATCH_SIZE = 500;
/** The limit keeps one call short; a second call retries the rest. */
const MAX_RETRIED_DELIVERIES = 10_000;

/** Counts the dead deliveries that pass the filter, up to `MAX_COUNTED_DELIVERIES + 1`. @throws AppError FORBIDDEN, VALIDATION_ERROR */
export async function countFailedDeliveries(
  deps: { database: Database },
  actor: Actor,
  input: unknown = {},
): Promise<number> {
  requirePermission(actor, "sent.read");
  const ids = await findDeadDeliveries(deps.database, validate(sentFilter, input), MAX_COUNTED_DELIVERIES + 1);
  return ids.length;
}

/**
 * Gives the dead deliveries of one notification all their attempts again.
 * @returns how many
 * @throws AppError FORBIDDEN, NOTIFICATION_NOT_FOUND
 */
export async function retrySent(deps: RetryDeps, actor: Actor, id: string): Promise<number> {
  requirePermission(actor, "sent.retry");
  const row = UUID_PATTERN.test(id) ? await findSent(deps.database, id) : null;
  if (!row) throw new AppError("NOTIFICATION_NOT_FOUND");
  const dead = (await readDeliveries(deps.database, [row.id])).filter(({ state }) => state === "dead");
  return retry(
    deps,
    actor,
    dead.map(({ id }) => id),
  );
}

/**
 * Gives every dead delivery whose notification passes the filter its attempts again, 10,000 at most.
 * @param input `sentFilter`
 * @returns how many, and whether some are left
 * @throws AppError FORBIDDEN, VALIDATION_ERROR
 */
export async function retryAllSent(
  deps: RetryDeps,
  actor: Actor,
  input: unknown = {},
): Promise<{ retried: number; left: boolean }> {
  requirePermission(actor, "sent.retry");
  // All ids are read before the first retry, so that a delivery that fails again is not retried twice.
  const ids = await findDeadDeliveries(deps.database, validate(sentFilter, input), MAX_RETRIED_DELIVERIES + 1);
  let retried = 0;
  for (let start = 0; start < Math.min(ids.length, MAX_RETRIED_DELIVERIES); start += RETRY_BATCH_SIZE) {
    retried += await retry(deps, actor, ids.slice(start, Math.min(start + RETRY_BATCH_SIZE, MAX_RETRIED_DELIVERIES)));
  }
  return { retried, left: ids.length > MAX_RETRIED_DELIVERIES };
}

async function retry(deps: RetryDeps, actor: Actor, ids: readonly string[]): Promise<number> {
  return ids.length === 0 ? 0 : (await retryFailed(deps, actor, { ids })).retried;
}
