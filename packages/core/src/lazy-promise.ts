/**
 * Makes a promise on the first call and gives it again on each later one. After a failure the next call makes it anew.
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
