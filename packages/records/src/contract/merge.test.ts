import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSame, mergeFields } from "./merge";

const FIELDS = ["title", "priority", "due_on"] as const;
const record = fc.record(Object.fromEntries(FIELDS.map((field) => [field, fc.constantFrom("a", "b", "c", null)])));

describe("mergeFields", () => {
  test("loses no value that one side alone has typed, and names each field that both changed", () => {
    fc.assert(
      fc.property(record, record, record, (base, mine, theirs) => {
        const { changes, conflicts } = mergeFields(base, mine, theirs);
        const after: Record<string, unknown> = { ...theirs, ...changes };
        for (const field of FIELDS) {
          const conflict = conflicts.find((found) => found.field === field);
          if (isSame(mine[field], base[field])) expect(isSame(after[field], theirs[field])).toBe(true);
          else if (isSame(theirs[field], base[field]) || isSame(theirs[field], mine[field]))
            expect(isSame(after[field], mine[field])).toBe(true);
          else expect(conflict).toEqual({ field, base: base[field], mine: mine[field], theirs: theirs[field] });
        }
      }),
    );
  });

  test("has the same result whichever of two edits came first, where they do not conflict", () => {
    fc.assert(
      fc.property(record, record, record, (base, one, other) => {
        const first = mergeFields(base, one, base);
        const afterOne = { ...base, ...first.changes };
        const second = mergeFields(base, other, afterOne);
        const reversed = mergeFields(base, one, { ...base, ...mergeFields(base, other, base).changes });
        expect(second.conflicts.map(({ field }) => field)).toEqual(reversed.conflicts.map(({ field }) => field));
      }),
    );
  });

  test("keeps what each side added to a set, and drops what either removed", () => {
    const sets = new Set(["tags"]);
    const merged = mergeFields({ tags: ["a", "b"] }, { tags: ["a", "c"] }, { tags: ["b", "d"] }, sets);
    expect(merged).toEqual({ changes: { tags: ["d", "c"] }, conflicts: [] });
  });

  test("knows a value whose keys the database has put in another order", () => {
    const [typed, stored] = [{ name: { fr: "a", en: "b" } }, { name: { en: "b", fr: "a" } }];
    expect(mergeFields(stored, typed, stored)).toEqual({ changes: {}, conflicts: [] });
    expect(isSame([{ a: 1, b: [2] }], [{ b: [2], a: 1 }])).toBe(true);
    expect(isSame([{ a: 1, b: 2 }], [{ a: 2, b: 1 }])).toBe(false);
  });
});
