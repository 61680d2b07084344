/** States of a piece of a checklist. */
export const PIECE_STATES = ["asked", "received", "refused"] as const;
export type PieceState = (typeof PIECE_STATES)[number];

/** Stands before a piece's id in the slot of a document that fills it. */
export const PIECE_SLOT = "piece:";

/** A piece of a dossier's checklist, as its page and the API show it. */
export type PieceDto = {
  id: string;
  name: string;
  required: boolean;
  state: PieceState;
  /** Why it was refused. */
  reason: string;
  /** The last document that was put into its place. */
  document_id: string | null;
  changed_at: string;
};
