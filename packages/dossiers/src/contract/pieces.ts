/** States of a piece of a checklist. */
export const PIECE_STATES = ["asked", "received", "refused"] as const;
export type PieceState = (typeof PIECE_STATES)[number];

/** A piece of a dossier's checklist, as its page and the API show it. */
export type PieceDto = {
  id: string;
  name: string;
  required: boolean;
  state: PieceState;
  /** Why it was refused. */
  reason: string;
  document_id: string | null;
  changed_at: string;
};
