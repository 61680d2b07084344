import type { PersonRef } from "./dossier";
import type { Asked } from "./opinions";

/** Counts go no further: a figure that is as high says "so many or more". */
export const MAX_COUNTED = 1_000;

/** The figures of the dossiers that a person sees. Each is the length of a list: `query` are its filters. */
export type DossierFigures = {
  /** What the reader has to do. */
  mine: readonly Figure<"open" | "overdue" | "due-soon" | "opinions">[];
  /** Who has how many open dossiers in hand, the most first; null: nobody. */
  waiting: readonly { assignee: PersonRef | null; open: Counted; overdue: Counted }[];
  /** Of whom, or of which role, opinions are waited for on how many dossiers, the most first. */
  opinions: readonly { asked: Asked; open: Counted; overdue: Counted }[];
  /** Open dossiers by the time since they were opened. */
  ages: readonly Figure<AgeName>[];
  /** Dossiers that were decided in the last weeks, the oldest first; a week is named by its Monday, and `query` is for both outcomes. */
  decisions: readonly { week: string; query: FigureQuery; valide: Counted; rejete: Counted }[];
};

export type FigureQuery = Readonly<Record<string, string>>;
export type Counted = { count: number; query: FigureQuery };
export type Figure<Name extends string> = Counted & { name: Name };

export const AGE_NAMES = ["week", "month", "quarter", "half-year", "older"] as const;
export type AgeName = (typeof AGE_NAMES)[number];
