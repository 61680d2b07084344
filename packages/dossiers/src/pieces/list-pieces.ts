import type { Actor } from "@mgs/core/actor";
import type { PieceDto, PieceState } from "../contract/pieces";
import type { DossierDeps } from "../deps";
import { getDossier } from "../record/read-dossier";
import { findPieces, type PieceRow } from "./pieces.repository";

/** The checklist of a dossier, in its order. @throws AppError DOSSIER_NOT_FOUND */
export async function listPieces(deps: DossierDeps, actor: Actor, dossierId: number): Promise<PieceDto[]> {
  await getDossier(deps, actor, dossierId);
  return (await findPieces(deps.database, dossierId)).map(toPiece);
}

export function toPiece(row: PieceRow): PieceDto {
  return {
    ...{ id: row.id, name: row.name, required: row.required, state: row.state as PieceState, reason: row.reason },
    document_id: row.documentId,
    changed_at: row.changedAt.toISOString(),
  };
}
