import type { Database } from "@mgs/db/client";
import type { RetentionRule } from "@mgs/db/retention";
import { identityRetention } from "@mgs/identity/retention";
import { JOBS_RETENTION } from "@mgs/jobs/retention";
import { NOTIFICATIONS_RETENTION } from "@mgs/notifications/retention";
import { OBSERVABILITY_RETENTION } from "@mgs/observability/retention";
import { oidcHooks } from "@mgs/oidc/identity-hooks";
import { OIDC_RETENTION } from "@mgs/oidc/retention";
import { portalAuthHooks } from "@mgs/portal-auth/identity-hooks";
import { PORTAL_AUTH_RETENTION } from "@mgs/portal-auth/retention";
import type { WorkerDeps } from "../deps";

const BATCH_ROWS = 500;
/** Batches a table gets in one run, so that none keeps the others waiting. */
const MAX_BATCHES = 20;

/** What every package that owns tables wants deleted or ended, and when. */
export const RETENTION: readonly RetentionRule[] = [
  ...JOBS_RETENTION,
  ...OIDC_RETENTION,
  ...PORTAL_AUTH_RETENTION,
  ...identityRetention([oidcHooks, portalAuthHooks]),
  ...OBSERVABILITY_RETENTION,
  ...NOTIFICATIONS_RETENTION,
];

/** Deletes what has had its time, or ends it, table by table; one that fails does not keep the others from it. */
export async function sweepExpired({ database, logger }: Pick<WorkerDeps, "database" | "logger">): Promise<void> {
  for (const { table, sweep } of RETENTION) {
    try {
      const deleted = await inBatches(database, sweep);
      if (deleted > 0) logger.info({ table, deleted }, "swept");
    } catch (error) {
      logger.error({ err: error, table }, "sweep failed");
    }
  }
}

async function inBatches(database: Database, sweep: RetentionRule["sweep"]): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const deleted = await sweep(database, BATCH_ROWS);
    total += deleted;
    if (deleted < BATCH_ROWS) break;
  }
  return total;
}
