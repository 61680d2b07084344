const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3_600;
const DAY_MS = 86_400_000;

/**
 * Writes how long ago a time is: "il y a 5 minutes", "hier". Beyond one hour it counts by the reader's calendar: days, weeks that begin
 * on Monday, months and years. A time less than a minute ago, or in the future because of a fast clock, is "now".
 */
export function relativeTime(iso: string, now: number, locale: string, timeZone: string): string {
  const then = Date.parse(iso);
  const seconds = Math.floor((now - then) / 1_000);
  const format = relativeFormat(locale);
  if (seconds < MINUTE_SECONDS) return format.format(0, "second");
  if (seconds < HOUR_SECONDS) return format.format(-Math.floor(seconds / MINUTE_SECONDS), "minute");
  const [today, day] = [calendarDay(now, timeZone), calendarDay(then, timeZone)];
  const days = today.number - day.number;
  if (days === 0) return format.format(-Math.floor(seconds / HOUR_SECONDS), "hour");
  if (days < 7) return format.format(-days, "day");
  const months = today.month - day.month;
  if (days < 30 || months === 0) return format.format(weekOf(day.number) - weekOf(today.number), "week");
  if (months < 12) return format.format(-months, "month");
  return format.format(Math.floor(day.month / 12) - Math.floor(today.month / 12), "year");
}

/** Finds a time's date in a time zone: its day since 1970, and its month since the year 0. */
function calendarDay(at: number, timeZone: string): { number: number; month: number } {
  const parts = dayFormat(timeZone).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const [year, month] = [of("year"), of("month") - 1];
  return { number: Date.UTC(year, month, of("day")) / DAY_MS, month: year * 12 + month };
}

/** Counts the weeks since that of 1 January 1970, a Thursday. */
function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

/** Writes date and time in full, for titles and for pages without a clock. */
export function absoluteTime(iso: string, locale: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone }).format(new Date(iso));
}

/** Writes a duration: "2 min 05 s" or "45 s". No line breaks between a number and its unit. */
export function waitTime(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole}\u00a0s`;
  return `${Math.floor(whole / 60)}\u00a0min ${String(whole % 60).padStart(2, "0")}\u00a0s`;
}

const relativeFormat = cacheLast((locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
const dayFormat = cacheLast(
  (timeZone) => new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "numeric", day: "numeric" }),
);

/** Caches the last format: making one costs more than using it, and a reader has one language and one time zone. */
function cacheLast<T>(create: (key: string) => T): (key: string) => T {
  let last: { key: string; made: T } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, made: create(key) };
    return last.made;
  };
}
