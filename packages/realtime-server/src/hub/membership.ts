/** Sets by name, deleted when empty: the connections of a channel, the sockets of a user. */
export type Membership<T> = {
  /** @returns true for the first one under that name */
  add(name: string, member: T): boolean;
  /** @returns true when the last one under that name left */
  remove(name: string, member: T): boolean;
  of(name: string): ReadonlySet<T>;
  /** The number of names. */
  size(): number;
};

const EMPTY: ReadonlySet<never> = new Set();

export function createMembership<T>(): Membership<T> {
  const sets = new Map<string, Set<T>>();
  return {
    add(name, member) {
      const set = sets.get(name);
      if (set === undefined) {
        sets.set(name, new Set([member]));
        return true;
      }
      set.add(member);
      return false;
    },
    remove(name, member) {
      const set = sets.get(name);
      if (set === undefined || !set.delete(member)) return false;
      if (set.size > 0) return false;
      sets.delete(name);
      return true;
    },
    of: (name) => sets.get(name) ?? EMPTY,
    size: () => sets.size,
  };
}
