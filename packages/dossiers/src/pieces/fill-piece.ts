import type { Actor } from "@mgs/core/actor";
import { UUID_PATTERN } from "@mgs/core/ids";
import type { Transaction } from "@mgs/db/client";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { recordChange } from "@mgs/records/changes/record-change";
import { lockDossierRow } from "../dossiers.repository";
import { can } from "../permissions";
import { findPiece, updatePiece } from "./pieces.repository";

type Filled = { dossierId: number; pieceId: string; documentId: string; at: Date };

/**
 * Notes that a document fills a piece of the checklist, which counts as received from then on. The document of somebody who may not work on the
 * dossier lies beside the piece, and a colleague judges it. It runs in the transaction that stores the document.
 * @returns outbox rows, which the caller inserts and enqueues
 */
export async function fillPiece(
  tx: Transaction,
  actor: Actor,
  { dossierId, pieceId, documentId, at }: Filled,
): Promise<NewOutboxRow[]> {
  if (!can(actor, "dossiers.work") || !(await lockDossierRow(tx, actor, dossierId))) return [];
  const piece = UUID_PATTERN.test(pieceId) ? await findPiece(tx, dossierId, pieceId) : null;
  if (!piece) return [];
  await updatePiece(tx, pieceId, { state: "received", reason: "", changedAt: at, documentId });
  if (piece.state === "received") return [];
  const details = { piece_id: pieceId, name: piece.name, state: "received" };
  const record = { type: "dossier", id: String(dossierId) };
  return [(await recordChange(tx, actor, record, { op: "piece-received", details, at })).row];
}
