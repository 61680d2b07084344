import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN, uuidv7 } from "@mgs/core/ids";
import { requiredText } from "@mgs/core/text-schema";
import { validate } from "@mgs/core/validate";
import type { Transaction } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { recordChange } from "@mgs/records/changes/record-change";
import { z } from "zod";
import { MAX_PIECES } from "../contract/dossier-types";
import { PIECE_STATES, type PieceDto } from "../contract/pieces";
import { MAX_CHARACTERS } from "../contract/rules";
import type { DossierDeps } from "../deps";
import { lockDossierRow } from "../dossiers.repository";
import { requirePermission } from "../permissions";
import { getDossier } from "../record/read-dossier";
import { toPiece } from "./list-pieces";
import { appendPiece, countPieces, findPiece, type PieceRow, updatePiece } from "./pieces.repository";

const MAX_NAME_CHARACTERS = 100;

export const newPieceInput = z.strictObject({
  name: requiredText(MAX_NAME_CHARACTERS),
  required: z.boolean({ error: "INVALID_BOOLEAN" }).default(true),
});

export const pieceInput = z.strictObject({
  state: z.enum(PIECE_STATES, { error: "INVALID_CHOICE" }),
  /** The state that the caller saw: another one meanwhile refuses the change. */
  from: z.enum(PIECE_STATES, { error: "INVALID_CHOICE" }),
  reason: requiredText(MAX_CHARACTERS.reason).or(z.literal("")).default(""),
});

type Options = { socketId?: string | undefined };
type Change = { piece: PieceRow; details: Record<string, unknown> };

/** Asks for another piece than those of the type. @throws AppError DOSSIER_NOT_FOUND, FORBIDDEN, VALIDATION_ERROR */
export async function askPiece(
  deps: DossierDeps,
  actor: Actor,
  dossierId: number,
  input: unknown,
  options: Options = {},
): Promise<PieceDto> {
  await requireWork(deps, actor, dossierId);
  const { name, required } = validate(newPieceInput, input);
  return change(deps, actor, dossierId, options, async (tx) => {
    if ((await countPieces(tx, dossierId)) >= MAX_PIECES)
      throw new AppError("VALIDATION_ERROR", { details: [{ path: "name", message: "TOO_MANY" }] });
    const piece = await appendPiece(tx, dossierId, { id: uuidv7(), name, required, changedAt: deps.clock.now() });
    return { piece, details: { name, state: "asked" } };
  });
}

/**
 * Notes that a piece was received, refuses it with a reason, or asks for it again.
 * @throws AppError DOSSIER_NOT_FOUND, FORBIDDEN, VALIDATION_ERROR; SUBJECT_NOT_FOUND for a piece that the dossier has not; CONFLICT when it has another
 *   state than the caller saw
 */
export async function changePiece(
  deps: DossierDeps,
  actor: Actor,
  dossierId: number,
  pieceId: string,
  input: unknown,
  options: Options = {},
): Promise<PieceDto> {
  await requireWork(deps, actor, dossierId);
  const { state, from, reason } = validate(pieceInput, input);
  if (state === "refused" && reason === "")
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "reason", message: "REQUIRED" }] });
  if (state === from)
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "state", message: "INVALID_CHOICE" }] });
  return change(deps, actor, dossierId, options, async (tx) => {
    const before = UUID_PATTERN.test(pieceId) ? await findPiece(tx, dossierId, pieceId) : null;
    if (!before) throw new AppError("SUBJECT_NOT_FOUND");
    if (before.state !== from) throw new AppError("CONFLICT", { data: { state: before.state } });
    const kept = state === "refused" ? reason : "";
    const piece = await updatePiece(tx, pieceId, { state, reason: kept, changedAt: deps.clock.now() });
    return { piece, details: { name: piece.name, state, ...(kept === "" ? {} : { reason: kept }) } };
  });
}

async function requireWork(deps: DossierDeps, actor: Actor, dossierId: number): Promise<void> {
  requireUser(actor);
  await getDossier(deps, actor, dossierId);
  requirePermission(actor, "dossiers.work");
}

/** Runs a change of the checklist under the dossier's lock, and announces it. */
async function change(
  deps: DossierDeps,
  actor: Actor,
  dossierId: number,
  { socketId }: Options,
  work: (tx: Transaction) => Promise<Change>,
): Promise<PieceDto> {
  const { piece, refs } = await deps.database.$transaction(async (tx) => {
    if (!(await lockDossierRow(tx, actor, dossierId))) throw new AppError("DOSSIER_NOT_FOUND");
    const { piece, details } = await work(tx);
    const record = { type: "dossier", id: String(dossierId) };
    const { row } = await recordChange(tx, actor, record, {
      ...{ op: `piece-${piece.state}`, details: { piece_id: piece.id, ...details }, at: deps.clock.now(), socketId },
    });
    return { piece, refs: await insertOutbox(tx, [row]) };
  });
  await deps.enqueuer.enqueue(refs);
  return toPiece(piece);
}
