/** How long the end of something waits for its return before it is told, in milliseconds. */
export const HOLD_MS = 3_000;

/**
 * Tells beginnings at once and ends after a while, unless they were taken back: a page that is loaded anew is no
 * departure. What was told begun is told ended once, and the other way round.
 */
export type HeldReports = {
  began(name: string): void;
  ended(name: string): void;
  /** Tells at once what is held: nobody returns any more. */
  stop(): void;
};

export function createHeldReports(
  tell: { began(name: string): void; ended(name: string): void },
  holdMs = HOLD_MS,
): HeldReports {
  const told = new Set<string>();
  /** By name when it ends, oldest first: insertion order is time order. */
  const held = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  function sweep(): void {
    timer = undefined;
    const now = performance.now();
    for (const [name, dueAt] of held) {
      if (dueAt > now) break;
      held.delete(name);
      told.delete(name);
      tell.ended(name);
    }
    schedule();
  }

  function schedule(): void {
    const [next] = held.values();
    if (timer !== undefined || next === undefined) return;
    timer = setTimeout(sweep, Math.max(0, next - performance.now()));
    timer.unref();
  }

  return {
    began(name) {
      if (held.delete(name) || told.has(name)) return;
      told.add(name);
      tell.began(name);
    },
    ended(name) {
      if (!told.has(name)) return;
      held.delete(name);
      held.set(name, performance.now() + holdMs);
      schedule();
    },
    stop() {
      clearTimeout(timer);
      for (const name of held.keys()) tell.ended(name);
      held.clear();
      told.clear();
    },
  };
}
