/** Time zone of readers whose own is not known: that of Madagascar. */
export const DEFAULT_TIME_ZONE = "Indian/Antananarivo";

const TIME_ZONE_NAME_PATTERN = /^[A-Za-z][\w+/-]{0,63}$/;

/** Returns the canonical name of an IANA time zone, or null for any other value. */
export function canonicalTimeZone(name: unknown): string | null {
  // Offsets such as `+03:00` are no zones, since they have no summer time.
  if (typeof name !== "string" || !TIME_ZONE_NAME_PATTERN.test(name)) return null;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
