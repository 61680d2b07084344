/**
 * Makes of `load` a function that asks at most once in `milliseconds`, however many ask it; a failure gives the value
 * before, and is not asked again sooner either.
 */
export function cached<T>(load: () => Promise<T>, milliseconds = 15_000): () => Promise<T | null> {
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
