DROP INDEX "dossier_opinions_awaited_role_idx";
DROP INDEX "dossier_opinions_awaited_person_idx";
DROP INDEX "dossier_decisions_decided_at_outcome_dossier_id_idx";
CREATE INDEX "dossier_decisions_decided_at_idx" ON "dossier_decisions" ("decided_at");
