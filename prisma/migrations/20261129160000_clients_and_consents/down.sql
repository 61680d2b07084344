DROP INDEX "oidc_payloads_client_tokens_idx";
DROP TABLE "consents";
DROP TABLE "client_uses";
ALTER TABLE "clients"
  DROP COLUMN "version",
  DROP COLUMN "pkce_exempt",
  DROP COLUMN "previous_secret_until",
  DROP COLUMN "previous_secret_hash";
