import type { RetentionRule } from "@mgs/db/retention";
import type { Schedule } from "@mgs/module/schedule";
import type { WorkerDeps } from "@mgs/module/worker-deps";

const BATCH_ROWS = 500;
/** Batches a table gets in one run, so that none keeps the others waiting. */
const MAX_BATCHES = 20;
const EVERY_MS = 60_000;

type Rule = RetentionRule<WorkerDeps>;

/** Deletes what has had its time, or ends it, by these rules. */
export function createExpirySweep(rules: readonly Rule[]): Schedule {
  return { name: "sweep.expired", everyMs: EVERY_MS, run: (deps) => sweepExpired(rules, deps) };
}

/** Follows the rules table by table; one that fails does not keep the others from it. */
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
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const deleted = await sweep(deps.database, BATCH_ROWS, deps);
    total += deleted;
    if (deleted < BATCH_ROWS) break;
  }
  return total;
}
