-- A holiday that was taken away can be restored for 30 days. Days are not counted by it meanwhile.
ALTER TABLE "holidays" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);
CREATE INDEX "holidays_deleted_at_idx" ON "holidays" ("deleted_at");
