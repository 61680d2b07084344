-- Which client was told of the end of a sign-in, and when it answered.
CREATE TABLE "logout_deliveries" (
  "user_session_id" UUID NOT NULL,
  "client_id" TEXT NOT NULL,
  "outbox_id" UUID NOT NULL,
  "answered_at" TIMESTAMPTZ(3),
  "duration_ms" INTEGER,
  CONSTRAINT "logout_deliveries_pkey" PRIMARY KEY ("user_session_id", "client_id")
);
CREATE UNIQUE INDEX "logout_deliveries_outbox_id_key" ON "logout_deliveries"("outbox_id");
ALTER TABLE "logout_deliveries" ADD CONSTRAINT "logout_deliveries_user_session_id_fkey"
  FOREIGN KEY ("user_session_id") REFERENCES "user_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;
