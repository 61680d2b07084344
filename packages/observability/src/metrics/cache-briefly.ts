/**
 * Caches the result of `load` for `milliseconds`, and shares a call under way. After a failure it returns the value before,
 * for as long.
 */
export function cacheBriefly<T>(load: () => Promise<T>, milliseconds = 15_000): () => Promise<T | null> {
  let value: T | null = null;
  let until = Number.NEGATIVE_INFINITY;
  let running: Promise<T | null> | undefined;
  return () => {
    if (running) return running;
    if (performance.now() < until) return Promise.resolve(value);
    running = load()
      .then(
        (fresh) => {
          value = fresh;
          return fresh;
        },
        () => value,
      )
      .finally(() => {
        until = performance.now() + milliseconds;
        running = undefined;
      });
    return running;
  };
}
