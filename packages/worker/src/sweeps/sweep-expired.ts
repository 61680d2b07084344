import type { Database } from "@mgs/db/client";
import { endExpiredSessions } from "@mgs/identity/sessions/end-expired-sessions";
import { purgeSent } from "@mgs/jobs/outbox.repository";
import { purgeIdempotencyKeys } from "@mgs/notifications/idempotency.repository";
import { purgeTombstones } from "@mgs/notifications/inbox.repository";
import { purgeCanaryRuns } from "@mgs/observability/canary/canary.repository";
import { purgeHeartbeats } from "@mgs/observability/processes/heartbeat.repository";
import { OIDC_SWEEPS } from "@mgs/oidc/retention";
import { PORTAL_AUTH_SWEEPS } from "@mgs/portal-auth/retention";
import type { WorkerDeps } from "../deps";

type Sweep = (database: Database, limit: number) => Promise<number>;

const BATCH = 500;
/** Batches a table gets in one run, so that none keeps the others waiting. */
const MOST_BATCHES = 20;
const TOMBSTONE_AGE = 30 * 24 * 60 * 60 * 1_000;

/** Of each table: deletes `limit` rows at most, and tells how many. */
export const SWEEPS: Readonly<Record<string, Sweep>> = {
  outbox: purgeSent,
  idempotency_keys: purgeIdempotencyKeys,
  ...OIDC_SWEEPS,
  ...PORTAL_AUTH_SWEEPS,
  user_sessions: endExpiredSessions,
  process_heartbeats: purgeHeartbeats,
  canary_runs: purgeCanaryRuns,
  notifications: (database, limit) => purgeTombstones(database, new Date(Date.now() - TOMBSTONE_AGE), limit),
};

/** Deletes what has had its time, or ends it, table by table; one that fails does not keep the others from it. */
export async function sweepExpired({ database, logger }: Pick<WorkerDeps, "database" | "logger">): Promise<void> {
  for (const [table, sweep] of Object.entries(SWEEPS)) {
    try {
      const deleted = await inBatches(database, sweep);
      if (deleted > 0) logger.info({ table, deleted }, "swept");
    } catch (error) {
      logger.error({ err: error, table }, "sweep failed");
    }
  }
}

async function inBatches(database: Database, sweep: Sweep): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const deleted = await sweep(database, BATCH);
    total += deleted;
    if (deleted < BATCH) break;
  }
  return total;
}
