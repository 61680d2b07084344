-- Where an act came from, and whom it concerns. Rows that are there get what their action and details tell.
ALTER TABLE "audit_events"
  ADD COLUMN "subject_type" TEXT,
  ADD COLUMN "user_id" INTEGER,
  ADD COLUMN "ip" TEXT,
  ADD COLUMN "user_session_id" TEXT,
  ADD COLUMN "client_id" TEXT,
  ADD COLUMN "request_id" TEXT;

UPDATE "audit_events" SET
  "subject_type" = CASE
    WHEN "subject" IS NULL THEN NULL
    WHEN "action" = 'realtime.user-disconnected' THEN 'user'
    WHEN "action" = 'realtime.event-sent' THEN 'channel'
    WHEN split_part("action", '.', 1) IN ('user', 'session', 'client', 'queue') THEN split_part("action", '.', 1)
  END,
  "user_id" = CASE
    WHEN ("action" LIKE 'user.%' OR "action" = 'realtime.user-disconnected') AND "subject" ~ '^[0-9]{1,9}$' THEN "subject"::int
    WHEN "action" = 'sign-in.refused' AND "details" ->> 'user_id' ~ '^[0-9]{1,9}$' THEN ("details" ->> 'user_id')::int
  END,
  "ip" = "details" ->> 'ip';

-- The acts that are done once for a key, however often their request is repeated. Not part of the trail: keys expire after 24 h.
CREATE TABLE "audit_keys" (
  "key" UUID NOT NULL,
  "event_id" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "audit_keys_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "audit_keys_created_at_idx" ON "audit_keys"("created_at");
