const WINDOW_MS = 1_000;

/** Allows a number of actions in any one second that begins with the first of them. */
export class RateWindow {
  #startedAt = Number.NEGATIVE_INFINITY;
  #taken = 0;

  /** @param now milliseconds @returns false when this one is more than `perSecond` */
  take(now: number, perSecond: number): boolean {
    if (now - this.#startedAt >= WINDOW_MS || now < this.#startedAt) {
      this.#startedAt = now;
      this.#taken = 0;
    }
    this.#taken += 1;
    return this.#taken <= perSecond;
  }
}
