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

/** Finds a piece of a dossier, which the caller has locked. */
export async function findPiece(tx: Transaction, dossierId: number, id: string): Promise<PieceRow | null> {
  return tx.dossierPiece.findFirst({ where: { id, dossierId } });
}

/** Appends a piece to the checklist of a dossier, which the caller has locked. */
export async function appendPiece(
  tx: Transaction,
  dossierId: number,
  piece: Pick<PieceRow, "id" | "name" | "required" | "changedAt">,
): Promise<PieceRow> {
  const { _max, _count } = await tx.dossierPiece.aggregate({
    where: { dossierId },
    _max: { position: true },
    _count: true,
  });
  const position = _count === 0 ? 0 : (_max.position ?? 0) + 1;
  return tx.dossierPiece.create({ data: { ...piece, dossierId, position } });
}

export async function countPieces(tx: Transaction, dossierId: number): Promise<number> {
  return tx.dossierPiece.count({ where: { dossierId } });
}

export async function updatePiece(
  tx: Transaction,
  id: string,
  data: Pick<PieceRow, "state" | "reason" | "changedAt"> & Partial<Pick<PieceRow, "documentId">>,
): Promise<PieceRow> {
  return tx.dossierPiece.update({ where: { id }, data });
}
