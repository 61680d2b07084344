import type { Clock } from "@mgs/core/clock";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";

/** What the use cases of comments need of the process. */
export type CommentDeps = { database: Database; clock: Clock; enqueuer: Enqueuer };

/** The time zone of the calendar of absences. */
const TIME_ZONE = "Indian/Antananarivo";

/** The day in Madagascar. @returns `2026-11-30` */
export function todayOf(clock: Clock): string {
  return Temporal.Instant.fromEpochMilliseconds(clock.now().getTime())
    .toZonedDateTimeISO(TIME_ZONE)
    .toPlainDate()
    .toString();
}
