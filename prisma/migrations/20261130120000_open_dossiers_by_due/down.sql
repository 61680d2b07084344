DROP INDEX "dossiers_open_by_due_idx";
