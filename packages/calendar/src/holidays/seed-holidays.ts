import type { Database } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { Schedule } from "@mgs/module/schedule";
import {
  claimReminder,
  findHolidaysOf,
  findYear,
  type HolidayRow,
  insertHolidays,
  noteSeeded,
} from "../holidays.repository";
import { holidaysUnconfirmed } from "../outbox-kinds";
import { todayOf } from "../today";

const INTERVAL_MS = 6 * 3_600_000;
/** From this month on administrators are asked to confirm the next year's days. */
const REMINDER_MONTH = 11;
const COUNTRY = "MG";

/** Fills in the days of this year and the next, and reminds administrators in November, once a year. */
export const holidaysSchedule: Schedule = {
  name: "calendar.holidays",
  intervalMs: INTERVAL_MS,
  async run({ database, enqueuer }) {
    const today = todayOf({ now: () => new Date() });
    const year = Number(today.slice(0, 4));
    for (const one of [year, year + 1]) await seedHolidays(database, one);
    if (Number(today.slice(5, 7)) >= REMINDER_MONTH) {
      const refs = await remindOfYear(database, year + 1, new Date());
      await enqueuer.enqueue(refs);
    }
  },
};

/**
 * Fills in the holidays of a year that has none yet, as the library knows them; those that follow the moon are its guess, and administrators
 * confirm all.
 * @returns how many it has added
 */
export async function seedHolidays(database: Database, year: number): Promise<number> {
  const isEdited = async () => (await findHolidaysOf(database, year)).length > 0 || (await findYear(database, year));
  if (await isEdited()) return 0;
  const holidays = await knownHolidays(year);
  await database.$transaction(async (tx) => {
    await insertHolidays(tx, holidays);
    await noteSeeded(tx, year, new Date());
  });
  return holidays.length;
}

/** Writes down that administrators are to be reminded of a year that nobody has confirmed. @returns outbox rows to enqueue */
export async function remindOfYear(database: Database, year: number, at: Date) {
  return database.$transaction(async (tx) => {
    if (!(await claimReminder(tx, year, at))) return [];
    return insertOutbox(tx, [holidaysUnconfirmed.row({ payload: { year } })]);
  });
}

/** The public holidays of a year in Madagascar; two on one day have one row with both names. */
async function knownHolidays(year: number): Promise<HolidayRow[]> {
  const { default: Holidays } = await import("date-holidays");
  const read = (language: string) =>
    new Holidays(COUNTRY, { languages: [language] }).getHolidays(year).filter(({ type }) => type === "public");
  const english = read("en");
  const days = new Map<string, HolidayRow>();
  for (const [index, { date, name }] of read("fr").entries()) {
    const day = date.slice(0, 10);
    const nameEn = english[index]?.name ?? name;
    const known = days.get(day);
    days.set(
      day,
      known
        ? { day, nameFr: `${known.nameFr}, ${name}`, nameEn: `${known.nameEn}, ${nameEn}` }
        : { day, nameFr: name, nameEn },
    );
  }
  return [...days.values()].filter(({ day }) => day.startsWith(`${year}-`));
}
