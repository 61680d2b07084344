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

/** Counting goes no further: "more than a thousand" is enough to decide. */
export const MOST_COUNTED = 1_000;
const BATCH = 500;
/** One call stays short; whoever has more dead letters asks again. */
const MOST_RETRIED = 10_000;

/** Dead deliveries of what passes the filter, `MOST_COUNTED + 1` at most. @throws AppError FORBIDDEN, VALIDATION_ERROR */
export async function countFailedDeliveries(
  deps: { database: Database },
  actor: Actor,
  input: unknown = {},
): Promise<number> {
  requirePermission(actor, "sent.read");
  const ids = await findDeadDeliveries(deps.database, validate(sentFilter, input), MOST_COUNTED + 1);
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
 * The same for every dead delivery whose notification passes the filter, 10,000 at most.
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
  // All ids first: what dies again meanwhile is not retried twice.
  const ids = await findDeadDeliveries(deps.database, validate(sentFilter, input), MOST_RETRIED + 1);
  let retried = 0;
  for (let start = 0; start < Math.min(ids.length, MOST_RETRIED); start += BATCH) {
    retried += await retry(deps, actor, ids.slice(start, Math.min(start + BATCH, MOST_RETRIED)));
  }
  return { retried, left: ids.length > MOST_RETRIED };
}

async function retry(deps: RetryDeps, actor: Actor, ids: readonly string[]): Promise<number> {
  return ids.length === 0 ? 0 : (await retryFailed(deps, actor, { ids })).retried;
}
