import type { PersonRef } from "./dossier";

/** A session ("séance") as its page and the API show it. */
export type SeanceDto = {
  id: number;
  title: string;
  place: string;
  starts_at: string;
  ends_at: string;
  /** Whoever knows its number may hear its comments. */
  is_public: boolean;
  /** The dossier that it is about, where the reader sees it. */
  dossier: { id: number; reference: string; title: string } | null;
  participants: readonly PersonRef[];
  /** Who stands in for somebody who is absent. */
  substitutes: readonly (PersonRef & { for: PersonRef })[];
  created_by: PersonRef | null;
  created_at: string;
  /** When it was cancelled; it can be restored for 30 days. */
  deleted_at: string | null;
  /** The number of its last change, which an edit carries. */
  version: number;
  /** Address of its page. */
  url: string;
};
