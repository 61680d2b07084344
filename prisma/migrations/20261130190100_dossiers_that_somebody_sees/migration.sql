-- All that somebody sees who does not see everything, by its ids: what lists, the board and the figures filter and sort by, from the index alone.
-- Each of tens of thousands was fetched from the table before, a block or two each.
CREATE INDEX "dossiers_seen_idx" ON "dossiers" ("id")
  INCLUDE ("state", "due_on", "assignee_id", "type_id", "priority", "created_at", "updated_at");
