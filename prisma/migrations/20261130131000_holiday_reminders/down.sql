DELETE FROM "holiday_years" WHERE "confirmed_at" IS NULL OR "confirmed_by" IS NULL;
ALTER TABLE "holiday_years" DROP COLUMN "reminded_at", DROP COLUMN "seeded_at";
ALTER TABLE "holiday_years" ALTER COLUMN "confirmed_at" SET NOT NULL;
ALTER TABLE "holiday_years" ALTER COLUMN "confirmed_by" SET NOT NULL;
