-- Access tokens with what they stand on, as far as that still holds; null columns where it does not. A view, because two
-- statements ask it: the look-up of a call, and the one that accepts a notification.
CREATE VIEW "live_bearers" AS
SELECT p."model", p."id_hash", p."payload", p."consumed_at",
  c."id" AS "client", s."id" AS "session", u."id" AS "user_id", u."role", u."locale"
FROM "oidc_payloads" p
  LEFT JOIN "clients" c ON c."id" = p."client_id" AND c."revoked_at" IS NULL
  LEFT JOIN "user_sessions" s ON s."oidc_session_uid" = p."session_uid" AND s."ended_at" IS NULL
  LEFT JOIN "users" u ON u."id" = s."user_id" AND u."disabled_at" IS NULL
WHERE p."model" IN ('AccessToken', 'ClientCredentials') AND p."expires_at" > now();
