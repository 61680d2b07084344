-- Two secrets for a time, the exemption from PKCE, and a version for edits that race.
ALTER TABLE "clients"
  ADD COLUMN "previous_secret_hash" TEXT,
  ADD COLUMN "previous_secret_until" TIMESTAMPTZ(3),
  ADD COLUMN "pkce_exempt" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- A client's use by day: thirty rows answer for thirty days, however many sign-ins there were.
CREATE TABLE "client_uses" (
  "client_id" TEXT NOT NULL,
  "day" DATE NOT NULL,
  "sign_ins" INTEGER NOT NULL DEFAULT 0,
  "last_used_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "client_uses_pkey" PRIMARY KEY ("client_id", "day")
);
CREATE INDEX "client_uses_day_idx" ON "client_uses"("day");

-- What a person allows a client. It outlives the sign-in.
CREATE TABLE "consents" (
  "user_id" INTEGER NOT NULL,
  "client_id" TEXT NOT NULL,
  "scopes" TEXT[],
  "given_at" TIMESTAMPTZ(3) NOT NULL,
  "last_used_at" TIMESTAMPTZ(3),
  "withdrawn_at" TIMESTAMPTZ(3),
  CONSTRAINT "consents_pkey" PRIMARY KEY ("user_id", "client_id"),
  CONSTRAINT "consents_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "consents_client_id_live_idx" ON "consents"("client_id") WHERE "withdrawn_at" IS NULL;

-- Counts a client's live access tokens without reading the others.
CREATE INDEX "oidc_payloads_client_tokens_idx" ON "oidc_payloads"("client_id", "expires_at")
  WHERE "model" IN ('AccessToken', 'ClientCredentials');
