import { describe, expect, test } from "vitest";
import { conflictsOf, EMPTY_EDIT, rebaseEdit, resolveConflict, typeField, withoutSaved } from "./edit";

const SETS = new Set(["tags"]);
const standing = { title: "A", priority: "normale", tags: ["x"] };
const type = (field: string, value: unknown, edit = EMPTY_EDIT) => typeField(edit, standing, field, value);

describe("an edit", () => {
  test("is none where the value is what stands", () => {
    expect(type("title", "A")).toEqual(EMPTY_EDIT);
    expect(type("title", "A", type("title", "B"))).toEqual(EMPTY_EDIT);
  });

  test("meets no conflict with a colleague's change of another field, or of the same to the same", () => {
    const edit = type("title", "B");
    expect(conflictsOf(edit, { ...standing, priority: "haute" })).toEqual([]);
    const same = { ...standing, title: "B" };
    expect(conflictsOf(edit, same)).toEqual([]);
    expect(rebaseEdit(edit, same, SETS)).toEqual(EMPTY_EDIT);
  });

  test("keeps what was typed in a conflict, until the person chooses", () => {
    const edit = type("title", "mine");
    const now = { ...standing, title: "theirs" };
    expect(rebaseEdit(edit, now, SETS)).toEqual(edit);
    expect(conflictsOf(edit, now)).toEqual([{ field: "title", mine: "mine", theirs: "theirs" }]);
    const kept = resolveConflict(edit, now, "title", "mine");
    expect(conflictsOf(kept, now)).toEqual([]);
    expect(kept.typed).toEqual({ title: "mine" });
    expect(resolveConflict(edit, now, "title", "theirs")).toEqual(EMPTY_EDIT);
    // A later change is a conflict again.
    expect(conflictsOf(kept, { ...now, title: "third" })).toHaveLength(1);
  });

  test("merges lists without an order", () => {
    const edit = type("tags", ["x", "mine"]);
    const now = { ...standing, tags: ["x", "theirs"] };
    const rebased = rebaseEdit(edit, now, SETS);
    expect(rebased.typed.tags).toEqual(["x", "theirs", "mine"]);
    expect(conflictsOf(rebased, now)).toEqual([]);
  });

  test("loses what was saved, and keeps what was typed since", () => {
    const saved = type("title", "B");
    expect(withoutSaved(saved, saved.typed)).toEqual(EMPTY_EDIT);
    const further = withoutSaved(typeField(saved, standing, "title", "BC"), saved.typed);
    expect(further.typed).toEqual({ title: "BC" });
    expect(conflictsOf(further, { ...standing, title: "B" })).toEqual([]);
  });
});
