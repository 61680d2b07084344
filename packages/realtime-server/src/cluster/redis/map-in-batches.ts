/** Limits concurrent work for Redis: with more of it the last would wait for longer than `timeoutMs`. */
const MAX_CONCURRENT = 200;

/** Maps items, at most `MAX_CONCURRENT` at a time. @throws Error of the first that fails */
export async function mapInBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let index = 0; index < items.length; index += MAX_CONCURRENT) {
    results.push(...(await Promise.all(items.slice(index, index + MAX_CONCURRENT).map(work))));
  }
  return results;
}
