-- A year has a row as soon as its days were filled in, or administrators were reminded to confirm them.
ALTER TABLE "holiday_years" ALTER COLUMN "confirmed_by" DROP NOT NULL;
ALTER TABLE "holiday_years" ALTER COLUMN "confirmed_at" DROP NOT NULL;
ALTER TABLE "holiday_years" ADD COLUMN "reminded_at" TIMESTAMPTZ(3);
ALTER TABLE "holiday_years" ADD COLUMN "seeded_at" TIMESTAMPTZ(3);
