ALTER TABLE "audit_events" DROP COLUMN "impersonator_id";
DROP TABLE "impersonations";
