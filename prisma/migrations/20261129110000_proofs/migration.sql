-- How a sign-in was proved and when last, and whether its person has removed it from the list of their devices.
ALTER TABLE "user_sessions"
  ADD COLUMN "auth_method" TEXT NOT NULL DEFAULT 'password',
  ADD COLUMN "proved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "removed_at" TIMESTAMPTZ(3);

ALTER TABLE "user_sessions" ADD CONSTRAINT "user_sessions_auth_method_check"
  CHECK ("auth_method" IN ('password', 'password+totp', 'password+recovery-code', 'passkey'));

-- A sign-in that is there already was proved when it was made.
UPDATE "user_sessions" SET "proved_at" = "created_at" WHERE "ended_at" IS NULL;
