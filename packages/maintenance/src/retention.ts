import type { RetentionRule } from "@mgs/db/retention";
import { purgeMaintenances } from "./maintenance.repository";

const DAY_SECONDS = 24 * 60 * 60;
/** For how long a maintenance that has ended is kept. */
export const MAINTENANCE_RETENTION_SECONDS = 365 * DAY_SECONDS;

export const MAINTENANCE_RETENTION: readonly RetentionRule[] = [
  {
    table: "maintenances",
    sweep: (database, limit) => purgeMaintenances(database, MAINTENANCE_RETENTION_SECONDS, limit),
  },
];
