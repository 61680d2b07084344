/** Work for Redis under way at the same time: more would make the last of it wait for longer than Redis may take. */
const AT_ONCE = 200;

/** Does the same with each item, some at a time. @throws Error of the first that fails */
export async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let index = 0; index < items.length; index += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(index, index + AT_ONCE).map(work))));
  }
  return results;
}
