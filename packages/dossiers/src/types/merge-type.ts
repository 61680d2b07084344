import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isUserId } from "@mgs/core/user-id";
import { validate } from "@mgs/core/validate";
import { type FieldConflict, mergeFields } from "@mgs/records/contract/merge";
import { z } from "zod";
import type { DossierField, RequiredPiece } from "../contract/dossier-types";
import type { DossierDeps } from "../deps";
import { requirePermission } from "../permissions";
import { toTypeDto } from "./list-types";
import { newTypeInput } from "./type-input";
import { findType } from "./types.repository";
import { editType } from "./write-type";

/** Attempts against colleagues who save at the same time. */
const MAX_ATTEMPTS = 5;

const mergeInput = z.strictObject({
  /** The type as the form was drawn with it. */
  base: newTypeInput,
  typed: z.unknown(),
  /** The version whose values the person has seen beside their own, and writes over. */
  over: z.int().optional(),
});

export type TypeValues = z.infer<typeof newTypeInput>;

/** What became of a save: nothing was written where there are conflicts. */
export type TypeMerge = { conflicts: readonly FieldConflict[]; version: number };

/**
 * Saves the form of a type of dossiers over what colleagues have changed meanwhile: only what was typed in is written. A field that both have
 * changed is a conflict, until the person has seen both values (`over`).
 * @throws AppError FORBIDDEN, INSUFFICIENT_SCOPE, VALIDATION_ERROR; SUBJECT_NOT_FOUND; EDIT_CONFLICT after too many attempts
 */
export async function mergeType(
  deps: Pick<DossierDeps, "database" | "clock">,
  actor: Actor,
  id: number,
  input: unknown,
): Promise<TypeMerge> {
  requirePermission(actor, "dossier-types.manage");
  const { base, typed, over } = validate(mergeInput, input);
  const [before, mine] = [toFields(base), toFields(validate(newTypeInput, typed))];
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const row = isUserId(id) ? await findType(deps.database, id) : null;
    if (!row) throw new AppError("SUBJECT_NOT_FOUND");
    const theirs = toFields(toTypeDto(row));
    const { changes, conflicts } = mergeFields(before, mine, theirs);
    if (conflicts.length > 0 && over !== row.version) return { conflicts, version: row.version };
    const written = { ...changes, ...Object.fromEntries(conflicts.map((one) => [one.field, one.mine])) };
    if (Object.keys(written).length === 0) return { conflicts: [], version: row.version };
    try {
      const { version } = await editType(deps, actor, id, { ...toEdit(written, theirs), version: row.version });
      return { conflicts: [], version };
    } catch (error) {
      if (!(error instanceof AppError && error.code === "EDIT_CONFLICT")) throw error;
    }
  }
  throw new AppError("EDIT_CONFLICT");
}

type Values = {
  name: { fr: string; en: string };
  fields: readonly DossierField[];
  pieces: readonly RequiredPiece[];
  due_working_days: number | null;
  default_assignee_id: number | null;
};

/**
 * The controls of the form, each a field of its own: two people may translate the name at once. What a field leaves out and what it says to be
 * so are the same, and so are the orders of keys.
 */
function toFields({ name, fields, pieces, due_working_days, default_assignee_id }: Values) {
  return {
    ...{ "name.fr": name.fr, "name.en": name.en, due_working_days, default_assignee_id },
    pieces: pieces.map((piece) => ({ name: piece.name, required: piece.required })),
    fields: fields.map(({ key, label, kind, required, choices = [], hidden = false }) => ({
      ...{ key, label: { fr: label.fr, en: label.en }, kind, required },
      ...(kind === "choice" ? { choices } : {}),
      hidden,
    })),
  };
}

/** The edit that writes some of the fields; of a name that is translated anew the other language stands. */
function toEdit(written: Readonly<Record<string, unknown>>, theirs: ReturnType<typeof toFields>) {
  const { "name.fr": fr, "name.en": en, ...values } = written;
  if (fr === undefined && en === undefined) return values;
  return { ...values, name: { fr: fr ?? theirs["name.fr"], en: en ?? theirs["name.en"] } };
}
