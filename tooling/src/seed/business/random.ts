/** Numbers that are the same each time: a demonstration looks alike on every machine. */
export type Random = {
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** Some of the items, each once, in their order. */
  some<Item>(items: readonly Item[], count: number): Item[];
  /** True so often of 1. */
  chance(share: number): boolean;
};

/** Makes a generator of numbers by the algorithm mulberry32. @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  function pick<Item>(items: readonly Item[]): Item {
    const item = items[int(0, items.length - 1)];
    if (item === undefined) throw new Error("there is nothing to pick from");
    return item;
  }
  return {
    int,
    pick,
    some(items, count) {
      const rest = items.map((_, index) => index);
      const chosen: number[] = [];
      while (chosen.length < count && rest.length > 0) chosen.push(...rest.splice(int(0, rest.length - 1), 1));
      return chosen.sort((a, b) => a - b).flatMap((index) => items.slice(index, index + 1));
    },
    chance: (share) => next() < share,
  };
}
