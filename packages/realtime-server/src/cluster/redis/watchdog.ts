/** What waits for an answer from outside, and for how long it may. */
export type Watchdog = {
  /** @returns what ends the wait; safe to call twice */
  watch(onLate: (error: Error) => void): () => void;
  /** Ends every wait with an error. */
  failAll(error: Error): void;
  stop(): void;
};

/** Looks so many times within the time that a wait may take. */
const LOOKS = 4;

/**
 * One timer for all waits. A process that was too busy to look on time was too busy to read the answer as well, so
 * that it looks once more before it judges.
 * @param onLate hears of the first wait that took longer than `timeoutMs`
 */
export function createWatchdog(timeoutMs: number, onLate: (error: Error) => void): Watchdog {
  /** In the order of their beginnings. */
  const waits = new Map<symbol, { since: number; onLate: (error: Error) => void }>();
  const period = timeoutMs / LOOKS;
  let lookedAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const isOnTime = now - lookedAt < 2 * period;
    lookedAt = now;
    const [first] = waits.values();
    if (!isOnTime || first === undefined || now - first.since < timeoutMs) return;
    const error = new Error(`Redis has not answered for ${Math.round(now - first.since)} ms`);
    failAll(error);
    onLate(error);
  }, period);
  timer.unref();

  function failAll(error: Error): void {
    const all = [...waits.values()];
    waits.clear();
    for (const wait of all) wait.onLate(error);
  }

  return {
    watch(onEnd) {
      const key = Symbol();
      waits.set(key, { since: performance.now(), onLate: onEnd });
      return () => void waits.delete(key);
    },
    failAll,
    stop() {
      clearInterval(timer);
    },
  };
}
