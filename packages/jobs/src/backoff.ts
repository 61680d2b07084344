/** How long the worker goes on with a row that fails. */
export type RetryPolicy = {
  /** Attempts at one outbox row before it is a dead letter. */
  maxAttempts: number;
  /** The longest delay between two of them. */
  maxDelayMs: number;
};

export const DEFAULT_RETRIES: RetryPolicy = { maxAttempts: 8, maxDelayMs: 3_600_000 };

const FIRST_DELAY_MS = 2_000;

/**
 * Computes the delay before attempt `attempts + 1`: exponential from 2 s to the longest delay (an hour unless a kind says
 * otherwise), with a jitter of half. Eight attempts span up to 36 minutes, so mail survives a restart of its server.
 */
export function backoffMs(
  attempts: number,
  random: () => number = Math.random,
  { maxDelayMs }: RetryPolicy = DEFAULT_RETRIES,
): number {
  const ceiling = Math.min(FIRST_DELAY_MS * 3 ** Math.max(0, attempts - 1), maxDelayMs);
  return Math.round(ceiling / 2 + random() * (ceiling / 2));
}
