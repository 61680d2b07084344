-- Decisions of a week with one outcome, counted from the index alone.
DROP INDEX "dossier_decisions_decided_at_idx";
CREATE INDEX "dossier_decisions_decided_at_outcome_dossier_id_idx" ON "dossier_decisions" ("decided_at", "outcome", "dossier_id");

-- Opinions that are waited for, by whom they are waited for: from one person to the next, and each counted from the index alone.
CREATE INDEX "dossier_opinions_awaited_person_idx" ON "dossier_opinions" ("asked_user_id", "due_on", "dossier_id")
  WHERE "answered_at" IS NULL AND "withdrawn_at" IS NULL AND "asked_user_id" IS NOT NULL;
CREATE INDEX "dossier_opinions_awaited_role_idx" ON "dossier_opinions" ("asked_role", "due_on", "dossier_id")
  WHERE "answered_at" IS NULL AND "withdrawn_at" IS NULL AND "asked_role" IS NOT NULL;
