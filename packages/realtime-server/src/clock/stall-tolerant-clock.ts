/**
 * Creates a clock in milliseconds for the silence of clients, which is read once in each period. A process that stalled (on a
 * suspended machine, or one without a free processor) has not read frames that arrived meanwhile, so a stall counts as two
 * periods at most: the process has read a client's frames before it closes the client for its silence.
 */
export function createStallTolerantClock(periodMs: number): () => number {
  let readAt = performance.now();
  let elapsedMs = 0;
  return () => {
    const now = performance.now();
    elapsedMs += Math.min(now - readAt, 2 * periodMs);
    readAt = now;
    return elapsedMs;
  };
}
