import type { Database } from "@mgs/db/client";
import { type ClaimedRow, renew } from "@mgs/jobs/outbox.repository";

/** Lifetime of a lease that is not renewed: for so long a killed worker delays its rows. */
export const LEASE_MS = 8_000;
const RENEW_EVERY_MS = 2_500;

/** Keeps a row's lease while its handler runs; `stop` ends that. */
export function keepLease(database: Database, { id, attempts }: ClaimedRow): { stop(): void } {
  const timer = setInterval(() => {
    // A renewal that fails is made up for by the next one, or the row goes to another attempt.
    renew(database, id, attempts, LEASE_MS).catch(() => undefined);
  }, RENEW_EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
