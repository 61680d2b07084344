import type { RetentionRule } from "@mgs/db/retention";
import { audit } from "./audit.repository";
import { purgeAuditKeys, removeEventsBefore } from "./retention.repository";

/** Requests may be repeated for as long, as with the keys of sends. */
const AUDIT_KEY_RETENTION_SECONDS = 24 * 60 * 60;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Makes the rules of the trail and its keys. @param now for tests, milliseconds */
export function createAuditRetention(retentionDays: number, now: () => number = Date.now): readonly RetentionRule[] {
  return [
    { table: "audit_keys", sweep: (database, limit) => purgeAuditKeys(database, AUDIT_KEY_RETENTION_SECONDS, limit) },
    {
      table: "audit_events",
      async sweep(database, limit) {
        const cutoff = startOfMonth(new Date(now() - retentionDays * DAY_MS));
        const removed = await removeEventsBefore(database, cutoff, limit);
        if (removed === 0) return 0;
        await audit(database, {
          actor: { kind: "system", name: "worker" },
          action: "audit.removed",
          details: { removed, before: cutoff.toISOString() },
        });
        return removed;
      },
    },
  ];
}

/** Whole months go, so that a year's trail leaves some anchors and not one a minute. */
function startOfMonth(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
}
