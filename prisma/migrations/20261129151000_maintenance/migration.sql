-- Times in which the portals are closed to everybody but administrators.
CREATE TABLE "maintenances" (
  "id" UUID NOT NULL,
  "message" TEXT NOT NULL,
  "starts_at" TIMESTAMPTZ(3) NOT NULL,
  "expected_end" TIMESTAMPTZ(3),
  "retry_seconds" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "created_by" TEXT NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  "ended_by" TEXT,
  CONSTRAINT "maintenances_pkey" PRIMARY KEY ("id")
);
-- At most one is announced or under way.
CREATE UNIQUE INDEX "maintenances_one_open" ON "maintenances"((true)) WHERE "ended_at" IS NULL;
