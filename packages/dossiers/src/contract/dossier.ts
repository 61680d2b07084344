import type { ConcernedKind, Priority } from "./rules";
import type { DossierState } from "./states";

/** A person as records name them. */
export type PersonRef = { id: number; name: string };

/** A dossier as lists tell it. */
export type DossierSummary = {
  id: number;
  reference: string;
  title: string;
  type: { id: number; name: string };
  state: DossierState;
  /** Since when it is in its state. */
  state_since: string;
  priority: Priority;
  concerned: { kind: ConcernedKind; name: string };
  /** A date without a time, or null. */
  due_on: string | null;
  /** It is open, and its due date has passed. */
  overdue: boolean;
  assignee: PersonRef | null;
  tags: readonly string[];
  created_at: string;
  updated_at: string;
  /** Address of its page. */
  url: string;
};

/** A dossier as its page and the API show it. */
export type DossierDto = Omit<DossierSummary, "concerned"> & {
  description: string;
  concerned: { kind: ConcernedKind; name: string; contact: string };
  state_reason: string;
  /** Values of the type's own fields. */
  custom: Readonly<Record<string, unknown>>;
  created_by: PersonRef | null;
  /** What it was opened from, in another portal or program. */
  origin: { portal: string; url: string; title: string } | null;
  /** The number of its last change, which an edit carries. */
  version: number;
};
