import type { Database } from "@mgs/db/client";
import { type ClaimedRow, renewLease } from "@mgs/jobs/outbox.repository";

/** Lifetime of a lease that is not renewed. A killed worker delays its rows by this time. */
export const LEASE_MS = 8_000;
const RENEW_INTERVAL_MS = 2_500;

/** Renews a row's lease until `stop`. */
export function keepLease(database: Database, { id, attempts }: ClaimedRow): { stop(): void } {
  const timer = setInterval(() => {
    // When a renewal fails, the next one may still succeed; otherwise another attempt takes the row.
    renewLease(database, id, attempts, LEASE_MS).catch(() => undefined);
  }, RENEW_INTERVAL_MS);
  return { stop: () => clearInterval(timer) };
}
