DROP INDEX "dossier_opinions_to_escalate_idx";
DROP INDEX "dossier_opinions_to_remind_idx";
DROP INDEX "dossiers_to_escalate_idx";
DROP INDEX "dossiers_to_warn_idx";
ALTER TABLE "dossier_opinions" DROP COLUMN "escalated_at";
