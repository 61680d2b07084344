-- A year has a row as soon as administrators were reminded to confirm its days.
ALTER TABLE "holiday_years" ALTER COLUMN "confirmed_by" DROP NOT NULL;
ALTER TABLE "holiday_years" ALTER COLUMN "confirmed_at" DROP NOT NULL;
ALTER TABLE "holiday_years" ADD COLUMN "reminded_at" TIMESTAMPTZ(3);
