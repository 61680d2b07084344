const WINDOW_MS = 1_000;

/** Limits actions within a second, which begins with the first of them. */
export class RateWindow {
  #startedAt = Number.NEGATIVE_INFINITY;
  #taken = 0;

  /**
   * @param now milliseconds
   * @param count actions at once; all of them are allowed, or none is
   * @returns false when these are more than `perSecond`
   */
  take(now: number, perSecond: number, count = 1): boolean {
    if (now - this.#startedAt >= WINDOW_MS || now < this.#startedAt) {
      this.#startedAt = now;
      this.#taken = 0;
    }
    if (this.#taken + count > perSecond) return false;
    this.#taken += count;
    return true;
  }
}
