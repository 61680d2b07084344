-- An administrator acts in a person's place, for support, in their own browser.
CREATE TABLE "impersonations" (
  "id" UUID NOT NULL,
  "administrator_id" INTEGER NOT NULL,
  "user_id" INTEGER NOT NULL,
  "user_session_id" UUID NOT NULL,
  "reason" TEXT NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  "end_reason" TEXT,
  CONSTRAINT "impersonations_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "impersonations_administrator_id_fkey" FOREIGN KEY ("administrator_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "impersonations_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "impersonations_user_session_id_fkey" FOREIGN KEY ("user_session_id") REFERENCES "user_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- One browser acts for one person at a time. Each look-up of a session asks this index.
CREATE UNIQUE INDEX "impersonations_one_running" ON "impersonations"("user_session_id") WHERE "ended_at" IS NULL;
CREATE INDEX "impersonations_user_id_started_at_idx" ON "impersonations"("user_id", "started_at");
CREATE INDEX "impersonations_user_session_id_started_at_idx" ON "impersonations"("user_session_id", "started_at");
CREATE INDEX "impersonations_administrator_id_idx" ON "impersonations"("administrator_id");
CREATE INDEX "impersonations_ended_at_idx" ON "impersonations"("ended_at");

-- The administrator who acted in the name of the row's actor.
ALTER TABLE "audit_events" ADD COLUMN "impersonator_id" INTEGER;
CREATE INDEX "audit_events_impersonator_id" ON "audit_events"("impersonator_id", "id") WHERE "impersonator_id" IS NOT NULL;
