import { isSame, mergeFields } from "./merge";

type Values = Readonly<Record<string, unknown>>;

/** What somebody has typed into the form of a record, and not saved yet. */
export type Edit = {
  /** The fields that were typed in, with their new values. */
  typed: Values;
  /** What stood in each of them when it was typed in, or when the person has looked at a colleague's value and kept their own. */
  bases: Values;
};

export const EMPTY_EDIT: Edit = { typed: {}, bases: {} };

/** A field that somebody else has changed while it was typed in. */
export type EditConflict = { field: string; mine: unknown; theirs: unknown };

/** Types a value into a field. The value that stands is no edit. */
export function typeField({ typed, bases }: Edit, standing: Values, field: string, value: unknown): Edit {
  if (isSame(value, standing[field])) return without({ typed, bases }, [field]);
  const base = field in bases ? bases[field] : standing[field];
  return { typed: { ...typed, [field]: value }, bases: { ...bases, [field]: base } };
}

/**
 * Brings an edit up to a record that has changed meanwhile: what somebody else has typed alike is none any more, and lists without an order
 * are merged item by item.
 * @param sets fields that are such lists
 */
export function rebaseEdit(edit: Edit, standing: Values, sets: ReadonlySet<string>): Edit {
  const typed: Record<string, unknown> = {};
  const bases: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(edit.typed)) {
    const base = edit.bases[field];
    if (isSame(value, standing[field])) continue;
    const merges = sets.has(field) && !isSame(base, standing[field]);
    const { changes } = merges
      ? mergeFields({ [field]: base }, { [field]: value }, { [field]: standing[field] }, sets)
      : { changes: { [field]: value } };
    if (!(field in changes)) continue;
    typed[field] = changes[field];
    bases[field] = merges ? standing[field] : base;
  }
  return { typed, bases };
}

/** Lists the fields that somebody else has changed to another value since they were typed in. */
export function conflictsOf({ typed, bases }: Edit, standing: Values): EditConflict[] {
  return Object.entries(typed)
    .filter(([field, mine]) => !isSame(bases[field], standing[field]) && !isSame(mine, standing[field]))
    .map(([field, mine]) => ({ field, mine, theirs: standing[field] }));
}

/** Ends a conflict: one's own value stays to be saved over the other, or goes. */
export function resolveConflict(edit: Edit, standing: Values, field: string, keep: "mine" | "theirs"): Edit {
  if (keep === "theirs") return without(edit, [field]);
  return { ...edit, bases: { ...edit.bases, [field]: standing[field] } };
}

/** Takes out what was saved; a field that was typed in again since then stays. */
export function withoutSaved(edit: Edit, saved: Values): Edit {
  const same = Object.keys(saved).filter((field) => isSame(edit.typed[field], saved[field]));
  return { ...without(edit, same), bases: { ...without(edit, same).bases, ...pick(saved, edit.typed, same) } };
}

/** The saved values of fields that were typed in again: they stand now. */
function pick(saved: Values, typed: Values, gone: readonly string[]): Values {
  return Object.fromEntries(Object.entries(saved).filter(([field]) => field in typed && !gone.includes(field)));
}

function without({ typed, bases }: Edit, fields: readonly string[]): Edit {
  const keep = (values: Values) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !fields.includes(name)));
  return { typed: keep(typed), bases: keep(bases) };
}
