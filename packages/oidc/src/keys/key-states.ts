import { SIGNING_KEY_RETENTION_SECONDS } from "../lifetimes";

/** A row of `signing_keys`, without the key. */
export type KeyDates = { kid: string; createdAt: Date; activatesAt: Date; retiredAt: Date | null };

/**
 * `upcoming`: published, signs from `activatesAt` on. `signing`: signs everything. `replaced`: another one signs, and its last token
 * has not expired. `retired`: not published any more.
 */
export type KeyState = "upcoming" | "signing" | "replaced" | "retired";

export type DescribedKey<Key extends KeyDates = KeyDates> = Key & {
  state: KeyState;
  /** End of its publication: of a replaced key in the future, of a retired one in the past; null when no successor is known. */
  publishedUntil: Date | null;
};

/** Tells the state of each key at a time, the newest first. The dates alone decide, so every process tells the same. */
export function describeKeys<Key extends KeyDates>(keys: readonly Key[], now: Date): DescribedKey<Key>[] {
  const live = keys
    .filter(({ retiredAt }) => retiredAt === null)
    .sort((a, b) => b.activatesAt.getTime() - a.activatesAt.getTime() || (a.kid < b.kid ? 1 : -1));
  // A database whose keys are all upcoming, as after a clock was put back, signs with the first of them.
  const signing = live.find(({ activatesAt }) => activatesAt <= now) ?? live.at(-1);
  const described = live.map((key, index): DescribedKey<Key> => {
    const successor = live[index - 1];
    const publishedUntil = successor
      ? new Date(successor.activatesAt.getTime() + SIGNING_KEY_RETENTION_SECONDS * 1_000)
      : null;
    if (key === signing) return { ...key, state: "signing", publishedUntil };
    if (key.activatesAt > now) return { ...key, state: "upcoming", publishedUntil };
    const isPublished = publishedUntil !== null && publishedUntil > now;
    return { ...key, state: isPublished ? "replaced" : "retired", publishedUntil };
  });
  const retired = keys
    .filter(({ retiredAt }) => retiredAt !== null)
    .sort((a, b) => b.activatesAt.getTime() - a.activatesAt.getTime())
    .map((key): DescribedKey<Key> => ({ ...key, state: "retired", publishedUntil: key.retiredAt }));
  return [...described, ...retired];
}

/** Picks the keys that are published, the one that signs first. */
export function publishedKeys<Key extends KeyDates>(keys: readonly Key[], now: Date): DescribedKey<Key>[] {
  const published = describeKeys(keys, now).filter(({ state }) => state !== "retired");
  return published.sort((a, b) => Number(b.state === "signing") - Number(a.state === "signing"));
}
