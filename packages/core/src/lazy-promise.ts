/**
 * Makes a promise on the first call and returns the same one on each later call. After a failure the next call makes a new one.
 */
export function lazyPromise<T>(make: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | undefined;
  return () => {
    current ??= make().catch((error: unknown) => {
      current = undefined;
      throw error;
    });
    return current;
  };
}
