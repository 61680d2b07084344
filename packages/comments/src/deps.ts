import type { Clock } from "@mgs/core/clock";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";

/** What the use cases of comments need of the process. */
export type CommentDeps = { database: Database; clock: Clock; enqueuer: Enqueuer };
