-- Single-use links of account mails, passwords that somebody else has set, and when known devices were last forgotten.
ALTER TABLE "users"
  ADD COLUMN "password_must_change" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "known_devices_since" TIMESTAMPTZ(3),
  ADD COLUMN "lockout_noticed_at" TIMESTAMPTZ(3);

CREATE TABLE "account_links" (
  "id" UUID NOT NULL,
  "user_id" INTEGER NOT NULL,
  "purpose" TEXT NOT NULL,
  "token_hash" TEXT,
  "email" TEXT NOT NULL,
  "since" TIMESTAMPTZ(3),
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "used_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "account_links_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "account_links_purpose_check" CHECK ("purpose" IN ('invitation', 'password-reset', 'not-me')),
  CONSTRAINT "account_links_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "account_links_token_hash_key" ON "account_links"("token_hash");
CREATE INDEX "account_links_user_id_idx" ON "account_links"("user_id");
CREATE INDEX "account_links_expires_at_idx" ON "account_links"("expires_at");
