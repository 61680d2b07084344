-- Open dossiers that nobody has in hand, by due date. An index of assignees has them together, but PostgreSQL takes no order from behind a NULL: it
-- gathered and sorted them all. Only what is to be assigned stands in it, so that other dossiers pay nothing.
CREATE INDEX "dossiers_open_nobody_due_idx" ON "dossiers" ((COALESCE("due_on", 'infinity'::date)), "id", "state")
  WHERE "state" IN ('nouveau', 'en_cours', 'en_attente') AND "assignee_id" IS NULL;
