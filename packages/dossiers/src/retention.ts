import type { RetentionRule } from "@mgs/db/retention";
import { purgeSeances } from "./seances/seances.repository";

/** For this long a session that was cancelled can be restored. */
export const SEANCE_RESTORE_SECONDS = 30 * 24 * 60 * 60;

/** Dossiers are numbered, so they are never deleted. */
export const DOSSIER_RETENTION: readonly RetentionRule[] = [
  { table: "seances", sweep: (database, limit) => purgeSeances(database, SEANCE_RESTORE_SECONDS, limit) },
];
