/**
 * Makes a value on the first call and returns the same one on each later call. The value is kept on `globalThis`, because Next
 * loads a module twice (pages and routes, or a hot reload), which must not open two sets of connections.
 */
export function processSingleton<T>(name: string, make: () => T): () => T {
  const store: { [key: symbol]: unknown } = globalThis;
  const key = Symbol.for(name);
  return () => {
    if (!(key in store)) store[key] = make();
    return store[key] as T;
  };
}
