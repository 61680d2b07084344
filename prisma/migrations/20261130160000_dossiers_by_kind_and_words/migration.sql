-- The words of a dossier stand in its row: to look through some thousand rows for a word that many have takes milliseconds, while each had its words
-- made anew before, and an index gathers all rows with the word first.
DROP INDEX "dossiers_words_idx";
ALTER TABLE "dossiers" ADD COLUMN "words" tsvector
  GENERATED ALWAYS AS (dossier_words("reference", "title", "concerned_name", "tags")) STORED;
CREATE INDEX "dossiers_words_idx" ON "dossiers" USING gin ("words");

-- Open dossiers of a type or a priority by due date: of all states, and of one for a column of the board.
CREATE INDEX "dossiers_open_type_due_idx" ON "dossiers" ("type_id", (COALESCE("due_on", 'infinity'::date)), "id", "state")
  WHERE "state" IN ('nouveau', 'en_cours', 'en_attente');
CREATE INDEX "dossiers_open_priority_due_idx" ON "dossiers" ("priority", (COALESCE("due_on", 'infinity'::date)), "id", "state")
  WHERE "state" IN ('nouveau', 'en_cours', 'en_attente');

-- Counts of what each person has in hand, and of what of it is overdue, from the index alone.
DROP INDEX "dossiers_assignee_due_idx";
CREATE INDEX "dossiers_assignee_due_idx" ON "dossiers" ("assignee_id", (COALESCE("due_on", 'infinity'::date)), "id") INCLUDE ("due_on")
  WHERE "state" IN ('nouveau', 'en_cours', 'en_attente');

-- What is due on a day, the most urgent first, from the index alone.
DROP INDEX "dossiers_open_due_idx";
CREATE INDEX "dossiers_open_due_idx" ON "dossiers" ("due_on", "id") INCLUDE ("priority")
  WHERE "state" IN ('nouveau', 'en_cours', 'en_attente');

-- The newest of a priority, or of who has them in hand, in one state: found without a look at the dossiers of other states.
DROP INDEX "dossiers_priority_id_idx";
CREATE INDEX "dossiers_priority_id_state_idx" ON "dossiers" ("priority", "id", "state");
DROP INDEX "dossiers_assignee_id_id_idx";
CREATE INDEX "dossiers_assignee_id_id_state_idx" ON "dossiers" ("assignee_id", "id", "state");
