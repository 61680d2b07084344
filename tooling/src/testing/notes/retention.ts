import type { RetentionRule } from "@mgs/db/retention";
import { purgeNotes } from "./notes.repository";

/** For how long a note is kept. */
export const NOTE_RETENTION_DAYS = 365;

export const NOTES_RETENTION: readonly RetentionRule[] = [
  { table: "notes", sweep: (database, limit) => purgeNotes(database, NOTE_RETENTION_DAYS, limit) },
];
