import type { Database, Transaction } from "@mgs/db/client";
import { addWorkingDays } from "./contract/working-days";

/** So many days hold any number of working days that a type of dossiers may have, whatever holidays lie between. */
const MAX_DAYS_AHEAD = 1_000;

/** The holidays from a day on, as `2026-12-25`. */
export async function findHolidaysFrom(database: Database | Transaction, day: string): Promise<Set<string>> {
  const rows = await database.$queryRaw<{ day: string }[]>`
    SELECT day::text AS day FROM holidays WHERE day >= ${day}::date ORDER BY day LIMIT ${MAX_DAYS_AHEAD}`;
  return new Set(rows.map((row) => row.day));
}

/** The day that comes so many working days after another, by the table of holidays. */
export async function findWorkingDay(database: Database | Transaction, start: string, days: number): Promise<string> {
  return addWorkingDays(start, days, await findHolidaysFrom(database, start));
}
