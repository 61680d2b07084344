import type { Database, Transaction } from "@mgs/db/client";

/** A piece of a dossier's checklist. */
export type PieceRow = {
  id: string;
  dossierId: number;
  position: number;
  name: string;
  required: boolean;
  state: string;
  reason: string;
  documentId: string | null;
  changedAt: Date;
};

/** Appends pieces to a new dossier's checklist, in their order. */
export async function insertPieces(
  tx: Transaction,
  dossierId: number,
  pieces: readonly Pick<PieceRow, "id" | "name" | "required">[],
): Promise<void> {
  await tx.dossierPiece.createMany({ data: pieces.map((piece, position) => ({ ...piece, dossierId, position })) });
}

export async function findPieces(database: Database | Transaction, dossierId: number): Promise<PieceRow[]> {
  return database.dossierPiece.findMany({ where: { dossierId }, orderBy: { position: "asc" } });
}
