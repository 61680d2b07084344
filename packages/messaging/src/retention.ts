import type { RetentionRule } from "@mgs/db/retention";
import { emptyDeleted } from "./messages/messages.repository";

/** What a deleted message said is kept for administrators for so long. */
export const DELETED_DAYS = 30;

const DAY_SECONDS = 24 * 60 * 60;

/** Deleted messages lose their text; their places stay. */
export const MESSAGE_RETENTION: readonly RetentionRule[] = [
  { table: "messages", sweep: (database, limit) => emptyDeleted(database, DELETED_DAYS * DAY_SECONDS, limit) },
];
