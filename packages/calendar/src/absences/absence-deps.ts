import type { Clock } from "@mgs/core/clock";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";

/** What the use cases of absences need of the process. */
export type AbsenceDeps = { database: Database; clock: Clock; enqueuer: Enqueuer };
