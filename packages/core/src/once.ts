/**
 * Makes a value on the first call and gives it again on each later one. It lives on `globalThis`: a framework that loads
 * a module twice (pages and routes, or a hot reload) must not open two sets of connections.
 */
export function once<T>(name: string, make: () => T): () => T {
  const store: { [key: symbol]: unknown } = globalThis;
  const key = Symbol.for(name);
  return () => {
    if (!(key in store)) store[key] = make();
    return store[key] as T;
  };
}
