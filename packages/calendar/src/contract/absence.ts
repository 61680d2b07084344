/** The longest absence, and how far ahead its first day may be: a day typed with a wrong year is refused. */
export const MAX_ABSENCE_DAYS = 366;

/** An absence as its two people see it. */
export type AbsenceDto = {
  id: string;
  user: { id: number; name: string };
  substitute: { id: number; name: string };
  /** `2026-11-30`. */
  first_day: string;
  last_day: string;
  /** Whether it is on today. */
  is_on: boolean;
};
