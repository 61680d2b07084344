-- How long sign-ins and what comes of them last: one row, which an administrator changes. The values here are the defaults of
-- packages/identity/src/session-lifetimes/session-lifetimes.ts, whose rules the constraints repeat for changes by hand.
CREATE TABLE "session_lifetimes" (
  "id" INTEGER NOT NULL DEFAULT 1,
  "idle_seconds" INTEGER NOT NULL,
  "absolute_seconds" INTEGER NOT NULL,
  "remembered_idle_seconds" INTEGER NOT NULL,
  "remembered_absolute_seconds" INTEGER NOT NULL,
  "access_token_seconds" INTEGER NOT NULL,
  "refresh_token_seconds" INTEGER NOT NULL,
  "portal_session_seconds" INTEGER NOT NULL,
  "version" INTEGER NOT NULL DEFAULT 1,
  "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "session_lifetimes_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "session_lifetimes_one_row" CHECK ("id" = 1),
  CONSTRAINT "session_lifetimes_consistent" CHECK (
    "idle_seconds" <= "absolute_seconds" AND "remembered_idle_seconds" <= "remembered_absolute_seconds"
    AND "idle_seconds" <= "remembered_idle_seconds" AND "absolute_seconds" <= "remembered_absolute_seconds"
    AND "access_token_seconds" BETWEEN 1 AND 900 AND "access_token_seconds" <= "idle_seconds"
    AND "access_token_seconds" < "refresh_token_seconds" AND "refresh_token_seconds" <= "remembered_absolute_seconds"
    AND "access_token_seconds" <= "portal_session_seconds" AND "portal_session_seconds" <= "remembered_absolute_seconds")
);
INSERT INTO "session_lifetimes" ("id", "idle_seconds", "absolute_seconds", "remembered_idle_seconds", "remembered_absolute_seconds",
  "access_token_seconds", "refresh_token_seconds", "portal_session_seconds")
VALUES (1, 43200, 86400, 1209600, 2592000, 900, 1209600, 1209600);

-- A process of the version before names neither column: its sign-ins last as long as one that is not remembered and not used.
ALTER TABLE "user_sessions" ADD COLUMN "remembered" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "expires_at" TIMESTAMPTZ(3) NOT NULL DEFAULT (now() + interval '12 hours');
-- Sign-ins until now were kept over the end of the browser, and stay so.
UPDATE "user_sessions" SET "remembered" = true,
  "expires_at" = LEAST("created_at" + interval '30 days', "last_seen_at" + interval '14 days') WHERE "ended_at" IS NULL;
UPDATE "user_sessions" SET "expires_at" = "ended_at" WHERE "ended_at" IS NOT NULL;

-- Of the sweep: what has run out, however many sign-ins go on.
CREATE INDEX "user_sessions_expires_at_idx" ON "user_sessions" ("expires_at") WHERE "ended_at" IS NULL;

ALTER TABLE "pending_sign_ins" ADD COLUMN "remembered" BOOLEAN NOT NULL DEFAULT false;

CREATE OR REPLACE VIEW "live_bearers" AS
SELECT p."model", p."id_hash", p."payload", p."consumed_at",
  c."id" AS "client", s."id" AS "session", u."id" AS "user_id", u."role", u."locale", r."portals", r."permissions"
FROM "oidc_payloads" p
  LEFT JOIN "clients" c ON c."id" = p."client_id" AND c."revoked_at" IS NULL
  LEFT JOIN "user_sessions" s ON s."oidc_session_uid" = p."session_uid" AND s."ended_at" IS NULL AND s."expires_at" > now()
  LEFT JOIN "users" u ON u."id" = s."user_id" AND u."disabled_at" IS NULL
  LEFT JOIN "roles" r ON r."slug" = u."role"
WHERE p."model" IN ('AccessToken', 'ClientCredentials') AND p."expires_at" > now();
