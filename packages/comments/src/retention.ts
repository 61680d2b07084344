import type { RetentionRule } from "@mgs/db/retention";
import { emptyDeleted } from "./comments.repository";
import { purgeActTimes } from "./record/act-times.repository";
import { RESTORABLE_DAYS } from "./record/delete-comment";

const DAY_SECONDS = 24 * 60 * 60;

/** Limits look back for a minute. */
const ACT_TIMES_SECONDS = 60 * 60;

/** Deleted comments lose their text when nobody can bring them back any more; their places stay. */
export const COMMENT_RETENTION: readonly RetentionRule[] = [
  { table: "comment_act_times", sweep: (database, limit) => purgeActTimes(database, ACT_TIMES_SECONDS, limit) },
  { table: "comments", sweep: (database, limit) => emptyDeleted(database, RESTORABLE_DAYS * DAY_SECONDS, limit) },
];
