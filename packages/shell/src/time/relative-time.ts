const MINUTE = 60;
const HOUR = 3_600;
const DAY_MS = 86_400_000;

/**
 * "il y a 5 minutes", "hier". From an hour on by the reader's calendar: yesterday is the day before today, however many hours ago, and so
 * are last week (weeks begin on Monday), last month and last year. What is under a minute old, or ahead by a clock that runs fast, is "now".
 */
export function relativeTime(iso: string, now: number, locale: string, timeZone: string): string {
  const then = Date.parse(iso);
  const seconds = Math.floor((now - then) / 1_000);
  const format = relativeFormat(locale);
  if (seconds < MINUTE) return format.format(0, "second");
  if (seconds < HOUR) return format.format(-Math.floor(seconds / MINUTE), "minute");
  const [today, day] = [calendarDay(now, timeZone), calendarDay(then, timeZone)];
  const days = today.number - day.number;
  if (days === 0) return format.format(-Math.floor(seconds / HOUR), "hour");
  if (days < 7) return format.format(-days, "day");
  const months = today.month - day.month;
  if (days < 30 || months === 0) return format.format(weekOf(day.number) - weekOf(today.number), "week");
  if (months < 12) return format.format(-months, "month");
  return format.format(Math.floor(day.month / 12) - Math.floor(today.month / 12), "year");
}

/** A date of the reader's calendar: its day since 1970, and its month counted from the year 0. */
function calendarDay(at: number, timeZone: string): { number: number; month: number } {
  const parts = dayFormat(timeZone).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const [year, month] = [of("year"), of("month") - 1];
  return { number: Date.UTC(year, month, of("day")) / DAY_MS, month: year * 12 + month };
}

/** Weeks since that of 1 January 1970, a Thursday. */
function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

/** Date and time in full, for titles and for pages that have no clock yet. */
export function absoluteTime(iso: string, locale: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone }).format(new Date(iso));
}

/** A wait as people read it: "2 min 05 s" or "45 s". */
export function waitTime(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

const relativeFormat = keepLast((locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
const dayFormat = keepLast(
  (timeZone) => new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "numeric", day: "numeric" }),
);

/** Formats cost more to make than to use, and a reader has one language and one zone. */
function keepLast<T>(create: (key: string) => T): (key: string) => T {
  let last: { key: string; made: T } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, made: create(key) };
    return last.made;
  };
}
