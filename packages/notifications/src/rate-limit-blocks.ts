import type { RateLimiterAbstract } from "rate-limiter-flexible";

/** Points of one key that this process has consumed in advance; they expire with the window of the limiter. */
type Block = { pointsLeft: number; expiresAt: number };

/** Two answers about one window may differ by this much on its end. */
const SAME_WINDOW_MS = 1_000;

/**
 * Consumes points of a limiter in blocks: points of the current block are taken without a request to the store, and the
 * next block is fetched when half of one is left. However many processes take blocks, the limit is never passed.
 * @param blockSize points; below 2 each point is a request
 * @returns takes a point of a key and returns a function that gives it back; rejects as the limiter does
 */
export function createBlockLimiter(
  limiter: RateLimiterAbstract,
  blockSize: number,
): (key: string) => Promise<() => Promise<void>> {
  const blocks = new Map<string, Block>();
  const fetches = new Map<string, Promise<void>>();

  async function takeOne(key: string): Promise<() => Promise<void>> {
    await limiter.consume(key);
    return () =>
      limiter.reward(key).then(
        () => undefined,
        () => undefined,
      );
  }

  /** Makes one request per key at a time; all waiting callers share its points. */
  function fetchBlock(key: string): Promise<void> {
    const fetching =
      fetches.get(key) ??
      consume(key).finally(() => {
        fetches.delete(key);
      });
    fetches.set(key, fetching);
    return fetching;
  }

  async function consume(key: string): Promise<void> {
    let points = blockSize;
    // Counted from the request: the window ends no later, however long the answer takes.
    const now = performance.now();
    const { msBeforeNext } = await limiter.consume(key, blockSize).catch(() => {
      // The window has less than a block left: points are consumed one by one.
      points = 1;
      return limiter.consume(key);
    });
    const expiresAt = now + msBeforeNext;
    const known = blocks.get(key);
    // A different end means a new window: the points of the old window have expired.
    if (known && Math.abs(known.expiresAt - expiresAt) < SAME_WINDOW_MS) known.pointsLeft += points;
    else store(key, { pointsLeft: points, expiresAt });
  }

  function store(key: string, block: Block): void {
    const now = performance.now();
    for (const [other, { expiresAt }] of blocks) if (expiresAt <= now) blocks.delete(other);
    blocks.set(key, block);
  }

  return async (key) => {
    if (blockSize < 2) return takeOne(key);
    for (;;) {
      const block = blocks.get(key);
      if (block && block.pointsLeft > 0 && performance.now() < block.expiresAt) {
        block.pointsLeft -= 1;
        if (block.pointsLeft < blockSize / 2) fetchBlock(key).catch(() => undefined);
        return async () => {
          block.pointsLeft += 1;
        };
      }
      await fetchBlock(key);
    }
  };
}
