/** Limits the time of calls that wait for an answer of Redis. */
export type Watchdog = {
  /** @returns a function that ends the wait; safe to call twice */
  watch(onLate: (error: Error) => void): () => void;
  /** Ends every wait with an error. */
  failAll(error: Error): void;
  stop(): void;
};

/** Checks of all waits within the time that one of them may take. */
const CHECKS_PER_TIMEOUT = 4;

/**
 * Checks all waits with one timer. A process that was too busy to check on time was too busy to read the answer as well, so
 * it checks once more before it fails a wait.
 * @param onLate called after a wait took longer than `timeoutMs`
 */
export function createWatchdog(timeoutMs: number, onLate: (error: Error) => void): Watchdog {
  /** In the order of their starts. */
  const waits = new Map<symbol, { since: number; onLate: (error: Error) => void }>();
  const checkIntervalMs = timeoutMs / CHECKS_PER_TIMEOUT;
  let checkedAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const isOnTime = now - checkedAt < 2 * checkIntervalMs;
    checkedAt = now;
    const [first] = waits.values();
    if (!isOnTime || first === undefined || now - first.since < timeoutMs) return;
    const error = new Error(`Redis has not answered for ${Math.round(now - first.since)} ms`);
    failAll(error);
    onLate(error);
  }, checkIntervalMs);
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
