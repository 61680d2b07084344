import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError, type ErrorCode } from "@mgs/core/errors";
import { isUserId } from "@mgs/core/user-id";
import { validate } from "@mgs/core/validate";
import { readNumber } from "@mgs/records/changes/changes.repository";
import { z } from "zod";
import { PRIORITIES } from "../contract/rules";
import type { DossierDeps } from "../deps";
import { editDossier } from "../record/edit-dossier";
import { getDossier } from "../record/read-dossier";

/** So many dossiers one act may change: those of a page. */
export const MAX_BULK = 100;

const id = z.int({ error: "INVALID_ID" }).refine(isUserId, { error: "INVALID_ID" });

/** Input of an act on several dossiers: which ones, and one field that they all get. */
export const editDossiersInput = z.strictObject({
  ids: z
    .array(id, { error: "REQUIRED" })
    .min(1, { error: "REQUIRED" })
    .max(MAX_BULK, { error: "TOO_MANY" })
    .transform((ids) => [...new Set(ids)]),
  change: z.union(
    [
      z.strictObject({ priority: z.enum(PRIORITIES, { error: "INVALID_CHOICE" }) }),
      z.strictObject({ assignee_id: id.nullable() }),
    ],
    { error: "REQUIRED" },
  ),
});

/** What became of one dossier of an act. */
export type BulkOutcome = {
  id: number;
  /** Null where there is none, or none for the actor. */
  reference: string | null;
  /** Why it was refused; null: it has the value now. */
  refusal: ErrorCode | null;
};

/**
 * Gives several dossiers a value, each by the edit that its own page makes: with its history, its notices, and its refusal.
 * @param socketId of the tab that makes the change: it is not told of it
 * @returns an outcome for each, in the order of the ids
 * @throws AppError FORBIDDEN for a program; VALIDATION_ERROR for a value that none of them can have: then nothing is changed
 */
export async function editDossiers(
  deps: DossierDeps,
  actor: Actor,
  input: unknown,
  options: { socketId?: string | undefined } = {},
): Promise<BulkOutcome[]> {
  requireUser(actor);
  const { ids, change } = validate(editDossiersInput, input);
  const outcomes: BulkOutcome[] = [];
  for (const one of ids) outcomes.push(await editOne(deps, actor, one, change, options));
  return outcomes;
}

async function editOne(
  deps: DossierDeps,
  actor: Actor,
  id: number,
  change: z.output<typeof editDossiersInput>["change"],
  options: { socketId?: string | undefined },
): Promise<BulkOutcome> {
  let reference: string | null = null;
  try {
    ({ reference } = await getDossier(deps, actor, id));
    // Whoever chooses a value for many means it whatever each has now, so the edit goes on from the last change.
    const version = await readNumber(deps.database, "dossier", String(id));
    await editDossier(deps, actor, id, { ...change, version }, options);
    return { id, reference, refusal: null };
  } catch (error) {
    // The value is the same for all, and wrong for all.
    if (!(error instanceof AppError) || error.code === "VALIDATION_ERROR") throw error;
    return { id, reference, refusal: error.code };
  }
}
