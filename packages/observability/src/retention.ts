import type { RetentionRule } from "@mgs/db/retention";
import { purgeCanaryRuns } from "./canary/canary.repository";
import { purgeHeartbeats } from "./processes/heartbeat.repository";

/** How long the health page still shows a process that does not report any more. */
export const SILENT_PROCESS_RETENTION_SECONDS = 60 * 60;

/** How long the canary's measurements are kept. */
export const CANARY_RUN_RETENTION_SECONDS = 7 * 24 * 60 * 60;

export const OBSERVABILITY_RETENTION: readonly RetentionRule[] = [
  {
    table: "process_heartbeats",
    sweep: (database, limit) => purgeHeartbeats(database, SILENT_PROCESS_RETENTION_SECONDS, limit),
  },
  {
    table: "canary_runs",
    sweep: (database, limit) => purgeCanaryRuns(database, CANARY_RUN_RETENTION_SECONDS, limit),
  },
];
