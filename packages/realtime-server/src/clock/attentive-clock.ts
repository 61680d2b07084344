/**
 * A clock for silences, in milliseconds, that is looked at once in each period. A process that was held up (a suspended
 * machine, one without a free processor) has not read what came meanwhile, so that such a while counts as two periods:
 * whoever is judged by this clock was listened to before.
 */
export function createAttentiveClock(periodMs: number): () => number {
  let lookedAt = performance.now();
  let attended = 0;
  return () => {
    const now = performance.now();
    attended += Math.min(now - lookedAt, 2 * periodMs);
    lookedAt = now;
    return attended;
  };
}
