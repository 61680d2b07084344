import type { PersonRef } from "./dossier";

/** Counts go no further: a figure that is as high says "so many or more". */
export const MAX_COUNTED = 1_000;

/** The figures of the dossiers that a person sees. Each is the length of a list: `query` are its filters. */
export type DossierFigures = {
  /** What the reader has to do. */
  mine: readonly Figure<"open" | "overdue" | "due-soon" | "opinions">[];
  /** Who has how many open dossiers in hand, the most first; null: nobody. */
  waiting: readonly { assignee: PersonRef | null; open: number; overdue: number; query: FigureQuery }[];
  /** Open dossiers by the time since they were opened. */
  ages: readonly Figure<AgeName>[];
  /** Decisions of the last weeks, the oldest first; a week is named by its Monday. */
  decisions: readonly { week: string; valide: number; rejete: number; query: FigureQuery }[];
};

export type FigureQuery = Readonly<Record<string, string>>;
export type Figure<Name extends string> = { name: Name; count: number; query: FigureQuery };

export const AGE_NAMES = ["week", "month", "quarter", "half-year", "older"] as const;
export type AgeName = (typeof AGE_NAMES)[number];
