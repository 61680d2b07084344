/** A field that two people have changed to different values since the version that one of them edited. */
export type FieldConflict = {
  field: string;
  /** The value of the version that was edited. */
  base: unknown;
  /** The value that the person who saves has typed. */
  mine: unknown;
  /** The value that stands now. */
  theirs: unknown;
};

export type Merge = {
  /** Fields to write: those that were changed by who saves, and by nobody else. */
  changes: Readonly<Record<string, unknown>>;
  conflicts: readonly FieldConflict[];
};

/**
 * Merges one person's edit into a record that others have changed meanwhile, field by field. A field that only one side has changed
 * has that side's value; one that both changed alike has it; one that both changed differently is a conflict, and loses nothing: both values
 * are in the answer. Lists without an order (`sets`) are merged item by item, and never conflict.
 * @param base the record as it was edited
 * @param mine the fields of the form; a field that is missing was not on it
 * @param theirs the record as it stands
 */
export function mergeFields(
  base: Readonly<Record<string, unknown>>,
  mine: Readonly<Record<string, unknown>>,
  theirs: Readonly<Record<string, unknown>>,
  sets: ReadonlySet<string> = new Set(),
): Merge {
  const changes: Record<string, unknown> = {};
  const conflicts: FieldConflict[] = [];
  for (const [field, value] of Object.entries(mine)) {
    const before = base[field];
    const now = theirs[field];
    if (isSame(value, before) || isSame(value, now)) continue;
    if (sets.has(field)) changes[field] = mergeSets(before, value, now);
    else if (isSame(now, before)) changes[field] = value;
    else conflicts.push({ field, base: before, mine: value, theirs: now });
  }
  return { changes, conflicts };
}

/** What stands now, without what one side removed and with what it added. */
function mergeSets(base: unknown, mine: unknown, theirs: unknown): unknown[] {
  const [before, own, now] = [base, mine, theirs].map((list) => (Array.isArray(list) ? list : []));
  const has = (list: unknown[] | undefined, item: unknown) => list?.some((other) => isSame(other, item)) === true;
  return [
    ...(now ?? []).filter((item) => !has(before, item) || has(own, item)),
    ...(own ?? []).filter((item) => !has(before, item) && !has(now, item)),
  ];
}

/** Whether two values of a field are the same to a person: nothing, an empty text and a missing one are, and keys in another order. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? "", inKeyOrder) === JSON.stringify(other ?? "", inKeyOrder);
}

/** PostgreSQL keeps the keys of `jsonb` in an order of its own. */
function inKeyOrder(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
