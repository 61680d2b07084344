const WINDOW_MS = 1_000;

export type RateWindow = {
  /** @param now milliseconds @returns false when this one is more than `perSecond` */
  take(now: number, perSecond: number): boolean;
};

/** Allows a number of actions in any one second that begins with the first of them. */
export function createRateWindow(): RateWindow {
  let startedAt = Number.NEGATIVE_INFINITY;
  let taken = 0;
  return {
    take(now, perSecond) {
      if (now - startedAt >= WINDOW_MS || now < startedAt) {
        startedAt = now;
        taken = 0;
      }
      taken += 1;
      return taken <= perSecond;
    },
  };
}
