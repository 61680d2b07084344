import type { Database, Transaction } from "@mgs/db/client";
import { addWorkingDays } from "./contract/working-days";

/** So many days hold any number of working days that a type of dossiers may have, whatever holidays lie between. */
const MAX_DAYS_AHEAD = 1_000;

/** The holidays from a day on, as `2026-12-25`. */
export async function findHolidaysFrom(database: Database | Transaction, day: string): Promise<Set<string>> {
  const rows = await database.$queryRaw<{ day: string }[]>`
    SELECT day::text AS day FROM holidays
    WHERE day >= ${day}::date AND deleted_at IS NULL ORDER BY day LIMIT ${MAX_DAYS_AHEAD}`;
  return new Set(rows.map((row) => row.day));
}

/** The day that comes so many working days after another, by the table of holidays. */
export async function findWorkingDay(database: Database | Transaction, start: string, days: number): Promise<string> {
  return addWorkingDays(start, days, await findHolidaysFrom(database, start));
}

export type HolidayRow = { day: string; nameFr: string; nameEn: string };

/** The holidays of a year, in their order. */
export async function findHolidaysOf(database: Database | Transaction, year: number): Promise<HolidayRow[]> {
  return database.$queryRaw<HolidayRow[]>`
    SELECT day::text AS day, name_fr AS "nameFr", name_en AS "nameEn" FROM holidays
    WHERE day >= make_date(${year}::int, 1, 1) AND day < make_date(${year + 1}::int, 1, 1)
      AND deleted_at IS NULL ORDER BY day`;
}

export type DeletedHolidayRow = HolidayRow & { deletedAt: Date };

/** The days of a year that were taken away since a moment, in their order. */
export async function findDeletedHolidaysOf(
  database: Database | Transaction,
  year: number,
  since: Date,
): Promise<DeletedHolidayRow[]> {
  return database.$queryRaw<DeletedHolidayRow[]>`
    SELECT day::text AS day, name_fr AS "nameFr", name_en AS "nameEn", deleted_at AS "deletedAt" FROM holidays
    WHERE day >= make_date(${year}::int, 1, 1) AND day < make_date(${year + 1}::int, 1, 1)
      AND deleted_at >= ${since} ORDER BY day`;
}

/** The holidays from one day to another, both included. */
export async function findHolidaysBetween(
  database: Database | Transaction,
  from: string,
  to: string,
): Promise<HolidayRow[]> {
  return database.$queryRaw<HolidayRow[]>`
    SELECT day::text AS day, name_fr AS "nameFr", name_en AS "nameEn" FROM holidays
    WHERE day BETWEEN ${from}::date AND ${to}::date AND deleted_at IS NULL ORDER BY day`;
}

/** Adds holidays; a day that is one already keeps its names. */
export async function insertHolidays(tx: Transaction, holidays: readonly HolidayRow[]): Promise<void> {
  const column = (name: keyof HolidayRow) => holidays.map((holiday) => holiday[name]);
  await tx.$executeRaw`
    INSERT INTO holidays (day, name_fr, name_en)
    SELECT day::date, name_fr, name_en
    FROM unnest(${column("day")}::text[], ${column("nameFr")}::text[], ${column("nameEn")}::text[]) AS t (day, name_fr, name_en)
    ON CONFLICT DO NOTHING`;
}

/** Writes a holiday, or its names anew; one that was taken away from this day is replaced. */
export async function putHoliday(tx: Transaction, { day, nameFr, nameEn }: HolidayRow): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO holidays (day, name_fr, name_en) VALUES (${day}::date, ${nameFr}, ${nameEn})
    ON CONFLICT (day) DO UPDATE SET name_fr = EXCLUDED.name_fr, name_en = EXCLUDED.name_en, deleted_at = NULL`;
}

/** Takes a holiday away. @returns false when the day is none */
export async function markHolidayDeleted(tx: Transaction, day: string, at: Date): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE holidays SET deleted_at = ${at} WHERE day = ${day}::date AND deleted_at IS NULL`;
  return count > 0;
}

/** Brings a holiday back that was taken away since a moment. @returns null when there is none */
export async function unmarkHolidayDeleted(tx: Transaction, day: string, since: Date): Promise<HolidayRow | null> {
  const [row] = await tx.$queryRaw<HolidayRow[]>`
    UPDATE holidays SET deleted_at = NULL WHERE day = ${day}::date AND deleted_at >= ${since}
    RETURNING day::text AS day, name_fr AS "nameFr", name_en AS "nameEn"`;
  return row ?? null;
}

/** Deletes for good what was taken away longer ago than it can be restored. */
export async function purgeHolidays(database: Database, maxAgeSeconds: number, limit: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM holidays WHERE day IN (
      SELECT day FROM holidays WHERE deleted_at < now() - ${maxAgeSeconds}::int * interval '1 second' LIMIT ${limit})`;
}

export type YearRow = { year: number; confirmedBy: number | null; confirmedAt: Date | null };

export async function findYear(database: Database | Transaction, year: number): Promise<YearRow | null> {
  return database.holidayYear.findUnique({ where: { year } });
}

/** @param confirmation null: the days were changed, and are to be confirmed anew */
export async function setConfirmed(
  tx: Transaction,
  year: number,
  confirmation: { by: number; at: Date } | null,
): Promise<void> {
  const data = { confirmedBy: confirmation?.by ?? null, confirmedAt: confirmation?.at ?? null };
  await tx.holidayYear.upsert({ where: { year }, create: { year, ...data }, update: data });
}

/** Notes that the days of a year were filled in. */
export async function noteSeeded(tx: Transaction, year: number, at: Date): Promise<void> {
  await tx.holidayYear.upsert({ where: { year }, create: { year, seededAt: at }, update: { seededAt: at } });
}

/**
 * Notes that administrators are reminded of a year: a day after its days were filled in at the earliest, so that a new installation does not
 * begin with it.
 * @returns false when they were, or when it is confirmed
 */
export async function claimReminder(tx: Transaction, year: number, at: Date): Promise<boolean> {
  const count = await tx.$executeRaw`
    INSERT INTO holiday_years AS y (year, reminded_at) VALUES (${year}, ${at})
    ON CONFLICT (year) DO UPDATE SET reminded_at = EXCLUDED.reminded_at
    WHERE y.reminded_at IS NULL AND y.confirmed_at IS NULL
      AND (y.seeded_at IS NULL OR y.seeded_at < ${at}::timestamptz - interval '1 day')`;
  return count > 0;
}
