DROP INDEX "dossiers_assignee_id_id_state_idx";
CREATE INDEX "dossiers_assignee_id_id_idx" ON "dossiers" ("assignee_id", "id");
DROP INDEX "dossiers_priority_id_state_idx";
CREATE INDEX "dossiers_priority_id_idx" ON "dossiers" ("priority", "id");
DROP INDEX "dossiers_open_due_idx";
CREATE INDEX "dossiers_open_due_idx" ON "dossiers" ("due_on", "id") WHERE "state" IN ('nouveau', 'en_cours', 'en_attente');
DROP INDEX "dossiers_assignee_due_idx";
CREATE INDEX "dossiers_assignee_due_idx" ON "dossiers" ("assignee_id", (COALESCE("due_on", 'infinity'::date)), "id")
  WHERE "state" IN ('nouveau', 'en_cours', 'en_attente');
DROP INDEX "dossiers_open_priority_due_idx";
DROP INDEX "dossiers_open_type_due_idx";
DROP INDEX "dossiers_words_idx";
ALTER TABLE "dossiers" DROP COLUMN "words";
CREATE INDEX "dossiers_words_idx" ON "dossiers" USING gin (dossier_words("reference", "title", "concerned_name", "tags"));
