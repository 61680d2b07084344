import { canonicalTimeZone, DEFAULT_TIME_ZONE } from "@mgs/core/time-zone";
import { ZONE_COOKIE } from "@mgs/shell/time/zone-cookie";

/** The zone that a reader's times are written in: the one they chose, else their browser's, else that of where the staff work. */
export function readerZone(
  user: { timeZone: string | null } | undefined,
  cookie: (name: string) => string | undefined,
): string {
  return user?.timeZone ?? canonicalTimeZone(cookie(ZONE_COOKIE)) ?? DEFAULT_TIME_ZONE;
}

/** What can be chosen, by name. */
export function listTimeZones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone")];
}
