ALTER TABLE "batch_jobs" DROP COLUMN "cancelled_at";
DROP TABLE "people_import_lines";
DROP TABLE "people_imports";
