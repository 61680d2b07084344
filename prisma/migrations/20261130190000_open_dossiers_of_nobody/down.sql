DROP INDEX "dossiers_open_nobody_due_idx";
