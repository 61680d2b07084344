import type { RetentionRule } from "@mgs/db/retention";
import { purgeKeys } from "./idempotency/idempotency.repository";
import { purgeViews } from "./views/views.repository";

/** For this long a view that was deleted can be restored. */
export const VIEW_RESTORE_SECONDS = 30 * 24 * 60 * 60;

export const RECORD_RETENTION: readonly RetentionRule[] = [
  { table: "record_keys", sweep: purgeKeys },
  { table: "saved_views", sweep: (database, limit) => purgeViews(database, VIEW_RESTORE_SECONDS, limit) },
];
