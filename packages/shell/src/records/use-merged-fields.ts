"use client";
import {
  conflictsOf,
  type Edit,
  EMPTY_EDIT,
  rebaseEdit,
  resolveConflict,
  typeField,
  withoutSaved,
} from "@mgs/records/contract/edit";
import { useEffect, useState } from "react";
import { useFormDraft } from "../drafts/use-form-draft";

type Values = Readonly<Record<string, unknown>>;

type Options = {
  /** Names the draft, with the record: `dossier:42`. */
  draft: string;
  /** The record's fields as they stand; a colleague's change comes with the next drawing. */
  values: Values;
  /** Fields that are lists without an order. */
  sets: ReadonlySet<string>;
};

const NO_SETS: ReadonlySet<string> = new Set();

/**
 * The fields of a record's form, while others change the record. What is typed stays, also over a reload and a sign-in; a field that somebody
 * else has changed meanwhile shows both values, and the form is saved once the person has chosen.
 */
export function useMergedFields({ draft: name, values, sets = NO_SETS }: Options) {
  const [edit, setEdit] = useState<Edit>(EMPTY_EDIT);
  const draft = useFormDraft<Edit>({
    form: name,
    parse: (stored) => (isEdit(stored) ? stored : null),
    isEmpty: ({ typed }) => Object.keys(typed).length === 0,
    restore: (stored) => setEdit(rebaseEdit(stored, values, sets)),
  });

  // The values come anew with each drawing of the server, mostly the same.
  const standing = JSON.stringify(values);
  useEffect(() => {
    setEdit((before) => {
      const after = rebaseEdit(before, JSON.parse(standing), sets);
      return JSON.stringify(after) === JSON.stringify(before) ? before : after;
    });
  }, [standing, sets]);

  const change = (next: Edit) => {
    setEdit(next);
    draft.save(next);
  };
  const conflicts = conflictsOf(edit, values);
  return {
    ready: draft.ready,
    restored: draft.restored,
    /** What was typed and not saved. */
    typed: edit.typed,
    isDirty: Object.keys(edit.typed).length > 0,
    conflicts,
    valueOf: (field: string): unknown => (field in edit.typed ? edit.typed[field] : values[field]),
    set: (field: string, value: unknown) => change(typeField(edit, values, field, value)),
    resolve: (field: string, keep: "mine" | "theirs") => change(resolveConflict(edit, values, field, keep)),
    /** Called with what was saved: it is no edit any more. */
    saved: (sent: Values) =>
      setEdit((before) => {
        const after = withoutSaved(before, sent);
        draft.save(after);
        return after;
      }),
    discard: () => change(EMPTY_EDIT),
  };
}
export type MergedFields = ReturnType<typeof useMergedFields>;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function isEdit(stored: unknown): stored is Edit {
  return isRecord(stored) && isRecord(stored.typed) && isRecord(stored.bases);
}
