/** Where the staff work: the zone of readers whose own is not known. */
export const DEFAULT_TIME_ZONE = "Indian/Antananarivo";

const NAME = /^[A-Za-z][\w+/-]{0,63}$/;

/** The canonical name of an IANA time zone, as this program knows it; null for anything else. */
export function canonicalTimeZone(name: unknown): string | null {
  // Offsets such as `+03:00` are no zones: they know nothing of summer time.
  if (typeof name !== "string" || !NAME.test(name)) return null;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
