import type { RetentionRule } from "@mgs/db/retention";
import { purgeDrafts } from "./drafts/drafts.repository";

/** What somebody has typed and not touched for so long is forgotten. */
export const DRAFT_DAYS = 90;

const DAY_SECONDS = 24 * 60 * 60;

export const WRITING_RETENTION: readonly RetentionRule[] = [
  { table: "comment_drafts", sweep: (database, limit) => purgeDrafts(database, DRAFT_DAYS * DAY_SECONDS, limit) },
];
