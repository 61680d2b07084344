-- Work on many people or records. Each batch commits with the row of the outbox that is the next batch, so a crash goes on where the
-- last commit was.
CREATE TABLE "batch_jobs" (
  "id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "payload" JSONB NOT NULL,
  "created_by" INTEGER,
  "user_session_id" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "total" INTEGER NOT NULL,
  "done" INTEGER NOT NULL DEFAULT 0,
  "skipped" INTEGER NOT NULL DEFAULT 0,
  "cursor" INTEGER NOT NULL DEFAULT 0,
  "refusals" JSONB NOT NULL DEFAULT '[]',
  "last_error" TEXT,
  "finished_at" TIMESTAMPTZ(3),
  CONSTRAINT "batch_jobs_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "batch_jobs_created_at_idx" ON "batch_jobs" ("created_at");
