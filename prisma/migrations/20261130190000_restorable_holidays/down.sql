DELETE FROM "holidays" WHERE "deleted_at" IS NOT NULL;
DROP INDEX "holidays_deleted_at_idx";
ALTER TABLE "holidays" DROP COLUMN "deleted_at";
