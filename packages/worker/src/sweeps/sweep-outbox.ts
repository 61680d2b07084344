import { due } from "@mgs/jobs/outbox.repository";
import type { Schedule } from "@mgs/module/schedule";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import type { Consumption } from "../consume";

const BATCH_ROWS = 500;
const EVERY_MS = 2_000;
/** Milliseconds of deliveries without Redis before it is asked again. */
const DIRECT_BUDGET_MS = 10_000;
/** Milliseconds without a row after which a queue with overdue ones counts as one that Redis does not bring. */
const QUIET_MS = 10_000;

/** The outbox's own sweep. @see sweepOutbox */
export function createOutboxSweep(consumption: Consumption): Schedule {
  return { name: "sweep.outbox", everyMs: EVERY_MS, run: (deps) => sweepOutbox(deps, consumption) };
}

/**
 * Enqueues what a crash, or a Redis that was away or lost its data, left behind. Rows that are in Redis already are
 * ignored there by their job id, so sweeping too often or from several workers does no harm. What Redis does not take, or
 * takes and does not bring, is delivered without it: PostgreSQL alone is enough, and its claims keep each row one.
 */
export async function sweepOutbox({ database, enqueuer }: WorkerDeps, consumption: Consumption): Promise<void> {
  const overdue = await due(database, BATCH_ROWS);
  const isTaken = await enqueuer.enqueue(overdue);
  const left = isTaken ? overdue.filter(({ queue }) => consumption.quietMs(queue) > QUIET_MS) : overdue;
  await consumption.takeDirectly(left, DIRECT_BUDGET_MS);
}
