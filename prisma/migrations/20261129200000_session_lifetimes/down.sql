CREATE OR REPLACE VIEW "live_bearers" AS
SELECT p."model", p."id_hash", p."payload", p."consumed_at",
  c."id" AS "client", s."id" AS "session", u."id" AS "user_id", u."role", u."locale", r."portals", r."permissions"
FROM "oidc_payloads" p
  LEFT JOIN "clients" c ON c."id" = p."client_id" AND c."revoked_at" IS NULL
  LEFT JOIN "user_sessions" s ON s."oidc_session_uid" = p."session_uid" AND s."ended_at" IS NULL
  LEFT JOIN "users" u ON u."id" = s."user_id" AND u."disabled_at" IS NULL
  LEFT JOIN "roles" r ON r."slug" = u."role"
WHERE p."model" IN ('AccessToken', 'ClientCredentials') AND p."expires_at" > now();
ALTER TABLE "pending_sign_ins" DROP COLUMN "remembered";
DROP INDEX "user_sessions_expires_at_idx";
ALTER TABLE "user_sessions" DROP COLUMN "expires_at", DROP COLUMN "remembered";
DROP TABLE "session_lifetimes";
