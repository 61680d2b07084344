/** Time after a `cache_miss` webhook in which further misses of the channel raise none. */
export const CACHE_MISS_SUPPRESSION_MS = 10_000;

/** Names that expire a fixed time after they were added. */
export type TtlSet = {
  /** @returns false when the name is in the set */
  addIfAbsent(name: string): boolean;
  delete(name: string): void;
};

export function createTtlSet(ttlMs: number): TtlSet {
  /** The time when each name expires, the oldest first: insertion order is time order. */
  const names = new Map<string, number>();
  return {
    addIfAbsent(name) {
      const now = performance.now();
      for (const [other, expiresAt] of names) {
        if (expiresAt > now) break;
        names.delete(other);
      }
      if (names.has(name)) return false;
      names.set(name, now + ttlMs);
      return true;
    },
    delete: (name) => void names.delete(name),
  };
}
