import type { RetentionRule } from "@mgs/db/retention";
import { purgeIdempotencyKeys } from "./idempotency.repository";
import { purgeTombstones } from "./purge-tombstones.repository";

/** For this long a request with the same `Idempotency-Key` gets the first answer again. */
export const IDEMPOTENCY_KEY_TTL_SECONDS = 24 * 60 * 60;

/** For this long a deleted notification leaves a tombstone: a client that was away for longer loads its inbox anew. */
export const TOMBSTONE_RETENTION_SECONDS = 30 * 24 * 60 * 60;

export const NOTIFICATIONS_RETENTION: readonly RetentionRule[] = [
  { table: "idempotency_keys", sweep: purgeIdempotencyKeys },
  {
    table: "notifications",
    sweep: (database, limit) => purgeTombstones(database, TOMBSTONE_RETENTION_SECONDS, limit),
  },
];
