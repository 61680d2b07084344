import { AppError } from "@mgs/core/errors";
import type { Transaction } from "@mgs/db/client";
import { mergeFields } from "../contract/merge";
import { type FieldChanges, findChangesAfter, type RecordRef, readNumber } from "./changes.repository";

/** An edit of a record that changed more often meanwhile is refused: nobody can compare that much. */
const MAX_CHANGES = 1_000;

/**
 * Merges an edit into a record that the caller has locked. What others have changed since `version`, and the edit has not, stays theirs.
 * @param version the number of the record's last change when the edit began
 * @param mine the fields of the form
 * @param now the same fields as they stand
 * @param sets fields that are lists without an order
 * @returns the fields to write, with their values before and after; empty when nothing changes
 * @throws AppError VALIDATION_ERROR for a version that never was; EDIT_CONFLICT with the fields in `data.conflicts`, each with the value that was
 *   edited, the one that was typed, and the one that stands
 */
export async function mergeEdit(
  tx: Transaction,
  record: RecordRef,
  version: number,
  mine: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
  sets?: ReadonlySet<string>,
): Promise<FieldChanges> {
  const current = await readNumber(tx, record.type, record.id);
  if (version > current)
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "version", message: "INVALID_NUMBER" }] });
  const since = version === current ? [] : await findChangesAfter(tx, record, version, MAX_CHANGES);
  // A field that the record has not yet, such as one of a type's own, stands empty.
  const standing: Record<string, unknown> = {
    ...Object.fromEntries(Object.keys(mine).map((field) => [field, null])),
    ...now,
  };
  const base = { ...standing };
  // The first change after the version tells what stood at the version.
  for (const { fields } of since.toReversed()) {
    for (const [field, [before]] of Object.entries(fields)) base[field] = before;
  }
  const { changes, conflicts } = mergeFields(base, mine, standing, sets);
  if (conflicts.length > 0 || since.length === MAX_CHANGES) {
    throw new AppError("EDIT_CONFLICT", {
      details: conflicts.map(({ field }) => ({ path: field, message: "CHANGED_MEANWHILE" })),
      data: { version: current, conflicts },
    });
  }
  return Object.fromEntries(Object.entries(changes).map(([field, value]) => [field, [standing[field], value]]));
}
