/** For how long one telling of a cache miss stands for those that follow, in milliseconds. */
export const MISS_MS = 10_000;

/** Who comes first in a while. */
export type Claims = {
  /** @returns false when somebody has claimed the name within the time */
  claim(name: string): boolean;
  release(name: string): void;
};

export function createClaims(milliseconds: number): Claims {
  /** By name when a claim ends, oldest first: insertion order is time order. */
  const claimed = new Map<string, number>();
  return {
    claim(name) {
      const now = performance.now();
      for (const [other, endsAt] of claimed) {
        if (endsAt > now) break;
        claimed.delete(other);
      }
      if (claimed.has(name)) return false;
      claimed.set(name, now + milliseconds);
      return true;
    },
    release: (name) => void claimed.delete(name),
  };
}
