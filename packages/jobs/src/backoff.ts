/** Attempts at one outbox row before it is a dead letter. */
export const MAX_ATTEMPTS = 8;

const FIRST_DELAY_MS = 2_000;
const MAX_DELAY_MS = 3_600_000;

/**
 * Computes the delay before attempt `attempts + 1`: exponential from 2 s to an hour, with a jitter of half. Eight attempts
 * span up to 36 minutes, so mail survives a restart of its server.
 */
export function backoffMs(attempts: number, random: () => number = Math.random): number {
  const ceiling = Math.min(FIRST_DELAY_MS * 3 ** Math.max(0, attempts - 1), MAX_DELAY_MS);
  return Math.round(ceiling / 2 + random() * (ceiling / 2));
}
