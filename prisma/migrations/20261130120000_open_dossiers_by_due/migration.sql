-- Open dossiers by due date, as lists sort them: what nobody has, what is urgent, what is late. Most dossiers are closed, and an order by due
-- date of all would go through them first.
CREATE INDEX "dossiers_open_by_due_idx" ON "dossiers" ((COALESCE("due_on", 'infinity'::date)), "id")
  WHERE "state" IN ('nouveau', 'en_cours', 'en_attente');
