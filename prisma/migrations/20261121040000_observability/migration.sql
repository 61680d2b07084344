-- Processes that run now. Rewritten every few seconds and worth nothing after a crash, so not written ahead.
CREATE UNLOGGED TABLE "process_heartbeats" (
  "instance_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "host" TEXT NOT NULL,
  "pid" INTEGER NOT NULL,
  "version" TEXT NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "memory_rss" BIGINT NOT NULL,
  "memory_heap" BIGINT NOT NULL,
  "last_error" TEXT,
  "last_error_at" TIMESTAMPTZ(3),
  "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "process_heartbeats_pkey" PRIMARY KEY ("instance_id")
);

-- One row a turn of the canary: whichever worker writes the row makes the measurement.
CREATE TABLE "canary_runs" (
  "turn" TIMESTAMPTZ(3) NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "socket_ms" INTEGER,
  "mail_ms" INTEGER,
  "error" TEXT,
  "finished_at" TIMESTAMPTZ(3),
  CONSTRAINT "canary_runs_pkey" PRIMARY KEY ("turn")
);

-- Accounts of our own that no person looks for.
ALTER TABLE "users" ADD COLUMN "hidden" BOOLEAN NOT NULL DEFAULT false;
-- W3C trace context of the request that wrote the row, beside its id.
ALTER TABLE "outbox" ADD COLUMN "traceparent" TEXT;
-- Who was here lately, counted without reading who was here once.
CREATE INDEX "user_sessions_live" ON "user_sessions"("last_seen_at") WHERE "ended_at" IS NULL;
