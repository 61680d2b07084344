import type { Random } from "./random";

/** Madagascar is three hours ahead of UTC, all year. */
const OFFSET_MS = 3 * 3_600_000;
const DAY_MS = 86_400_000;
const SATURDAY = 6;

/** The day of a time in Madagascar: `2026-11-30`. */
export const dayOf = (at: Date): string => new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10);

/** Midnight UTC of a day: how PostgreSQL's dates are written. */
export const toDate = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** When the day of a time began in Madagascar. */
export const midnightOf = (at: Date): Date => new Date(toDate(dayOf(at)).getTime() - OFFSET_MS);

/** A time in office hours, so many days after another; the weekend moves to the Monday behind it. */
export function officeTime(random: Random, from: Date, days: number): Date {
  const midnight = toDate(dayOf(new Date(from.getTime() + days * DAY_MS)));
  const weekday = midnight.getUTCDay();
  const toMonday = weekday === SATURDAY ? 2 : weekday === 0 ? 1 : 0;
  const minutes = random.int(7 * 60 + 30, 17 * 60);
  return new Date(midnight.getTime() + toMonday * DAY_MS + minutes * 60_000 - OFFSET_MS);
}

/** A time in office hours, so many days before another: on the Friday where the weekend's Monday is not over yet. */
export function officeTimeBefore(random: Random, now: Date, days: number): Date {
  const at = officeTime(random, now, -days);
  return at < now ? at : officeTime(random, at, -3);
}

/** The quarter of an hour before a time: nobody meets at 8:08. */
export const onQuarter = (at: Date): Date => new Date(at.getTime() - (at.getTime() % (15 * 60_000)));

/** A little later on the same day or one of the next. */
export const soonAfter = (random: Random, from: Date, minutes: number): Date =>
  new Date(from.getTime() + random.int(1, minutes) * 60_000);

/** The day so many working days after another. Holidays are not counted out: a demonstration may be a day off. */
export function workingDay(day: string, count: number): string {
  const date = toDate(day);
  for (let left = count; left > 0; ) {
    date.setUTCDate(date.getUTCDate() + 1);
    if (date.getUTCDay() % SATURDAY !== 0) left--;
  }
  return date.toISOString().slice(0, 10);
}
