import { canonicalTimeZone, DEFAULT_TIME_ZONE } from "@mgs/core/time-zone";
import { ZONE_COOKIE } from "@mgs/shell/time/zone-cookie";

/** Finds the time zone of a reader's times: the one they chose, else their browser's, else Madagascar's. */
export function readerZone(
  user: { timeZone: string | null } | undefined,
  cookie: (name: string) => string | undefined,
): string {
  return user?.timeZone ?? canonicalTimeZone(cookie(ZONE_COOKIE)) ?? DEFAULT_TIME_ZONE;
}

/** Lists the time zones that a person can choose, by name. */
export function listTimeZones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone")];
}
