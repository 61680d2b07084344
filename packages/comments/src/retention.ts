import type { RetentionRule } from "@mgs/db/retention";
import { emptyDeleted } from "./comments.repository";
import { RESTORABLE_DAYS } from "./record/delete-comment";

const DAY_SECONDS = 24 * 60 * 60;

/** Deleted comments lose their text when nobody can bring them back any more; their places stay. */
export const COMMENT_RETENTION: readonly RetentionRule[] = [
  { table: "comments", sweep: (database, limit) => emptyDeleted(database, RESTORABLE_DAYS * DAY_SECONDS, limit) },
];
