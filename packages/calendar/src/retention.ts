import type { RetentionRule } from "@mgs/db/retention";
import { purgeHolidays } from "./holidays.repository";

/** For this long a holiday that was taken away can be restored. */
export const HOLIDAY_RESTORE_SECONDS = 30 * 24 * 60 * 60;

export const CALENDAR_RETENTION: readonly RetentionRule[] = [
  { table: "holidays", sweep: (database, limit) => purgeHolidays(database, HOLIDAY_RESTORE_SECONDS, limit) },
];
