import type { Clock } from "@mgs/core/clock";

/** The company's: its days are days in Madagascar, wherever a reader is. */
export const COMPANY_TIME_ZONE = "Indian/Antananarivo";

/** The day in Madagascar. @returns `2026-11-30` */
export function todayOf(clock: Clock): string {
  return Temporal.Instant.fromEpochMilliseconds(clock.now().getTime())
    .toZonedDateTimeISO(COMPANY_TIME_ZONE)
    .toPlainDate()
    .toString();
}
