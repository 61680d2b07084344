import type { RetentionRule } from "@mgs/db/retention";
import { purgeSent } from "./purge-sent.repository";

/** The console shows a delivery for this long after it was made. Dead letters stay until they are retried. */
export const SENT_RETENTION_SECONDS = 24 * 60 * 60;

export const JOBS_RETENTION: readonly RetentionRule[] = [
  { table: "outbox", sweep: (database, limit) => purgeSent(database, SENT_RETENTION_SECONDS, limit) },
];
