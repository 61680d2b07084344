import type { RateLimiterAbstract } from "rate-limiter-flexible";

/** Points of one key that were taken ahead; they end with the window that they were taken from. */
type Lease = { left: number; until: number };

/** Milliseconds by which two answers may differ on when one window ends. */
const SAME_WINDOW = 1_000;

/**
 * Takes points of a limiter, `block` of them at a time: those in hand are given without asking the store, and the next
 * block is fetched when half of one is left. However many processes take blocks, the limit is never passed.
 * @param block points; below 2 each is asked for
 * @returns takes a point of a key, and gives a function that puts it back; rejects as the limiter does
 */
export function createPointLeases(
  limiter: RateLimiterAbstract,
  block: number,
): (key: string) => Promise<() => Promise<void>> {
  const leases = new Map<string, Lease>();
  const asked = new Map<string, Promise<void>>();

  async function takeOne(key: string): Promise<() => Promise<void>> {
    await limiter.consume(key);
    return () =>
      limiter.reward(key).then(
        () => undefined,
        () => undefined,
      );
  }

  /** One request a key at a time; those who wait for it share what it brings. */
  function ask(key: string): Promise<void> {
    const asking =
      asked.get(key) ??
      consume(key).finally(() => {
        asked.delete(key);
      });
    asked.set(key, asking);
    return asking;
  }

  async function consume(key: string): Promise<void> {
    let points = block;
    // Counted from the question: the window ends no later, however long the answer takes to be heard.
    const now = performance.now();
    const { msBeforeNext } = await limiter.consume(key, block).catch(() => {
      // Less than a block is left: it goes one by one.
      points = 1;
      return limiter.consume(key);
    });
    const until = now + msBeforeNext;
    const known = leases.get(key);
    // Another end is another window: what was left of the one before is gone.
    if (known && Math.abs(known.until - until) < SAME_WINDOW) known.left += points;
    else begin(key, { left: points, until });
  }

  function begin(key: string, lease: Lease): void {
    const now = performance.now();
    for (const [other, { until }] of leases) if (until <= now) leases.delete(other);
    leases.set(key, lease);
  }

  return async (key) => {
    if (block < 2) return takeOne(key);
    for (;;) {
      const lease = leases.get(key);
      if (lease && lease.left > 0 && performance.now() < lease.until) {
        lease.left -= 1;
        if (lease.left < block / 2) ask(key).catch(() => undefined);
        return async () => {
          lease.left += 1;
        };
      }
      await ask(key);
    }
  };
}
