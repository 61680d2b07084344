import type { RetentionRule } from "@mgs/db/retention";
import type { Schedule } from "@mgs/module/schedule";
import type { WorkerDeps } from "@mgs/module/worker-deps";

const BATCH_ROWS = 500;
/** Limit for one table, so that a large one does not delay the others. */
const MAX_BATCHES_PER_RUN = 20;
const INTERVAL_MS = 60_000;

type Rule = RetentionRule<WorkerDeps>;

/** Makes the schedule that applies these retention rules. */
export function createExpirySweep(rules: readonly Rule[]): Schedule {
  return { name: "sweep.expired", intervalMs: INTERVAL_MS, run: (deps) => sweepExpired(rules, deps) };
}

/** Applies the rules table by table; when one fails, the others still run. */
async function sweepExpired(rules: readonly Rule[], deps: WorkerDeps): Promise<void> {
  const { logger } = deps;
  for (const rule of rules) {
    const { table } = rule;
    try {
      const deleted = await sweepInBatches(rule, deps);
      if (deleted > 0) logger.info({ table, deleted }, "swept");
    } catch (error) {
      logger.error({ err: error, table }, "sweep failed");
    }
  }
}

async function sweepInBatches({ sweep }: Rule, deps: WorkerDeps): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < MAX_BATCHES_PER_RUN; batch++) {
    const deleted = await sweep(deps.database, BATCH_ROWS, deps);
    total += deleted;
    if (deleted < BATCH_ROWS) break;
  }
  return total;
}
