/**
 * The form of `<input type="datetime-local">`: a local time without a zone. Years with less than four digits are refused,
 * because `Date` reads them as other years.
 */
const LOCAL = /^[1-9]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/;

/** Converts a local time of a zone; null when it is no time. */
export function fromLocal(local: string, timeZone: string): Date | null {
  if (!LOCAL.test(local)) return null;
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return null;
  // The offset is looked up twice, since the first guess may lie on the other side of a clock change.
  const guess = asUtc - offsetMsAt(asUtc, timeZone);
  return new Date(asUtc - offsetMsAt(guess, timeZone));
}

/** Writes the local time of a zone, to the minute. */
export function toLocal(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetMsAt(at.getTime(), timeZone)).toISOString().slice(0, 16);
}

/** Computes how many milliseconds the zone is ahead of UTC at a time. */
function offsetMsAt(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(atMs);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return shown - Math.floor(atMs / 1_000) * 1_000;
}
