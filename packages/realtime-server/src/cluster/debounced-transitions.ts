/** Time in which a return cancels an end. */
export const WEBHOOK_DELAY_MS = 3_000;

/**
 * Reports starts at once and ends after a delay, unless a start follows within it: a page that reloads is no departure.
 * Reports of one name alternate between start and end.
 */
export type DebouncedTransitions = {
  start(name: string): void;
  end(name: string): void;
  /** Reports pending ends at once. */
  stop(): void;
};

export function createDebouncedTransitions(
  report: { onStart(name: string): void; onEnd(name: string): void },
  delayMs = WEBHOOK_DELAY_MS,
): DebouncedTransitions {
  const started = new Set<string>();
  /** The time of each delayed end by name, the oldest first: insertion order is time order. */
  const pendingEnds = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  function sweep(): void {
    timer = undefined;
    const now = performance.now();
    for (const [name, dueAt] of pendingEnds) {
      if (dueAt > now) break;
      pendingEnds.delete(name);
      started.delete(name);
      report.onEnd(name);
    }
    schedule();
  }

  function schedule(): void {
    const [next] = pendingEnds.values();
    if (timer !== undefined || next === undefined) return;
    timer = setTimeout(sweep, Math.max(0, next - performance.now()));
    timer.unref();
  }

  return {
    start(name) {
      if (pendingEnds.delete(name) || started.has(name)) return;
      started.add(name);
      report.onStart(name);
    },
    end(name) {
      if (!started.has(name)) return;
      pendingEnds.delete(name);
      pendingEnds.set(name, performance.now() + delayMs);
      schedule();
    },
    stop() {
      clearTimeout(timer);
      for (const name of pendingEnds.keys()) report.onEnd(name);
      pendingEnds.clear();
      started.clear();
    },
  };
}
