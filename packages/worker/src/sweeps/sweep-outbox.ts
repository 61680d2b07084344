import { findDueRows } from "@mgs/jobs/outbox.repository";
import type { Schedule } from "@mgs/module/schedule";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import type { Consumption } from "../consume";

const BATCH_ROWS = 500;
const INTERVAL_MS = 2_000;
/** Direct deliveries take this long at most, before the next run tries Redis again. */
const DIRECT_BUDGET_MS = 10_000;
/** A queue with overdue rows that has begun none for this long counts as one whose jobs Redis does not deliver. */
const IDLE_THRESHOLD_MS = 10_000;

/** Makes the schedule of `sweepOutbox`. */
export function createOutboxSweep(consumption: Consumption): Schedule {
  return { name: "sweep.outbox", intervalMs: INTERVAL_MS, run: (deps) => sweepOutbox(deps, consumption) };
}

/**
 * Enqueues rows that a crash, or a Redis that was away or lost its data, left behind. Redis ignores a job id that it holds
 * already, so sweeping too often or from several workers does no harm. Rows that Redis does not take, or takes and does not
 * deliver, are delivered without it: PostgreSQL alone is enough, and its claims prevent a second delivery.
 */
export async function sweepOutbox({ database, enqueuer }: WorkerDeps, consumption: Consumption): Promise<void> {
  const overdue = await findDueRows(database, BATCH_ROWS);
  const isTaken = await enqueuer.enqueue(overdue);
  const undelivered = isTaken ? overdue.filter(({ queue }) => consumption.idleMs(queue) > IDLE_THRESHOLD_MS) : overdue;
  await consumption.deliverDirectly(undelivered, DIRECT_BUDGET_MS);
}
