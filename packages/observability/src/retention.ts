import type { RetentionRule } from "@mgs/db/retention";
import { purgeCanaryRuns } from "./canary/canary.repository";
import { purgeHeartbeats } from "./processes/heartbeat.repository";

/** The health page shows a silent process for this long. */
export const SILENT_PROCESS_RETENTION_SECONDS = 60 * 60;

/** The canary's measurements are kept for this long. */
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
