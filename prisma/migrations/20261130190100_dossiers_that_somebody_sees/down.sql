DROP INDEX "dossiers_seen_idx";
