import type { DossierSummary } from "./dossier";

/** A day's count goes no further: one that is higher says "so many or more". */
export const MAX_DAY_COUNT = 99;
/** So many dossiers of a day are told; the list has the rest. */
export const DAY_DOSSIERS = 3;

/** The due dates of open dossiers in a month, as whole weeks from Monday on. */
export type DossierCalendar = {
  /** `2026-11`. */
  month: string;
  previous: string;
  next: string;
  /** The day in Madagascar, `2026-11-30`. */
  today: string;
  days: readonly CalendarDay[];
};

export type CalendarDay = {
  day: string;
  isWorkingDay: boolean;
  /** The name of the public holiday that it is, in the caller's language. */
  holiday: string | null;
  /** `MAX_DAY_COUNT + 1` for more. */
  count: number;
  /** The first of them, the most urgent first. */
  items: readonly DossierSummary[];
};
