CREATE TABLE "users" (
  "id" SERIAL NOT NULL,
  "email" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "password_hash" TEXT NOT NULL,
  "role" TEXT NOT NULL,
  "locale" TEXT NOT NULL DEFAULT 'fr',
  "theme" TEXT NOT NULL DEFAULT 'system',
  "disabled_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "users_email_lower" CHECK ("email" = lower("email")),
  CONSTRAINT "users_role" CHECK ("role" IN ('administrateur', 'direction', 'commercial', 'gestionnaire', 'comptable')),
  CONSTRAINT "users_locale" CHECK ("locale" IN ('fr', 'en')),
  CONSTRAINT "users_theme" CHECK ("theme" IN ('system', 'light', 'dark'))
);
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");
CREATE INDEX "users_name_idx" ON "users"("name");

CREATE TABLE "clients" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "secret_hash" TEXT NOT NULL,
  "first_party" BOOLEAN NOT NULL DEFAULT false,
  "machine" BOOLEAN NOT NULL DEFAULT false,
  "redirect_uris" TEXT[],
  "post_logout_redirect_uris" TEXT[],
  "backchannel_logout_uri" TEXT,
  "scopes" TEXT[],
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "revoked_at" TIMESTAMPTZ(3),
  CONSTRAINT "clients_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "user_sessions" (
  "id" UUID NOT NULL,
  "user_id" INTEGER NOT NULL,
  "oidc_session_uid" TEXT NOT NULL,
  "user_agent" TEXT,
  "ip" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ended_at" TIMESTAMPTZ(3),
  "end_reason" TEXT,
  CONSTRAINT "user_sessions_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "user_sessions_oidc_session_uid_key" ON "user_sessions"("oidc_session_uid");
CREATE INDEX "user_sessions_user_id_ended_at_idx" ON "user_sessions"("user_id", "ended_at");

CREATE TABLE "portal_sessions" (
  "id" UUID NOT NULL,
  "token_hash" TEXT NOT NULL,
  "portal" TEXT NOT NULL,
  "user_id" INTEGER NOT NULL,
  "user_session_id" UUID NOT NULL,
  "access_token" TEXT NOT NULL,
  "refresh_token" TEXT,
  "access_expires_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "refreshed_at" TIMESTAMPTZ(3),
  CONSTRAINT "portal_sessions_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "portal_sessions_token_hash_key" ON "portal_sessions"("token_hash");
CREATE INDEX "portal_sessions_user_session_id_idx" ON "portal_sessions"("user_session_id");
CREATE INDEX "portal_sessions_user_id_idx" ON "portal_sessions"("user_id");
CREATE INDEX "portal_sessions_expires_at_idx" ON "portal_sessions"("expires_at");

CREATE TABLE "oidc_payloads" (
  "model" TEXT NOT NULL,
  "id_hash" TEXT NOT NULL,
  "payload" TEXT NOT NULL,
  "grant_id" TEXT,
  "uid" TEXT,
  "session_uid" TEXT,
  "client_id" TEXT,
  "expires_at" TIMESTAMPTZ(3),
  "consumed_at" TIMESTAMPTZ(3),
  CONSTRAINT "oidc_payloads_pkey" PRIMARY KEY ("model", "id_hash")
);
CREATE INDEX "oidc_payloads_grant_id_idx" ON "oidc_payloads"("grant_id");
CREATE INDEX "oidc_payloads_uid_idx" ON "oidc_payloads"("uid");
CREATE INDEX "oidc_payloads_session_uid_idx" ON "oidc_payloads"("session_uid");
CREATE INDEX "oidc_payloads_expires_at_idx" ON "oidc_payloads"("expires_at");

CREATE TABLE "refresh_replays" (
  "token_hash" TEXT NOT NULL,
  "client_id" TEXT NOT NULL,
  "answer" TEXT NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "refresh_replays_pkey" PRIMARY KEY ("token_hash")
);
CREATE INDEX "refresh_replays_expires_at_idx" ON "refresh_replays"("expires_at");

CREATE TABLE "signing_keys" (
  "kid" TEXT NOT NULL,
  "algorithm" TEXT NOT NULL,
  "jwk" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "retired_at" TIMESTAMPTZ(3),
  CONSTRAINT "signing_keys_pkey" PRIMARY KEY ("kid")
);

CREATE TABLE "inboxes" (
  "user_id" INTEGER NOT NULL,
  "seq" BIGINT NOT NULL DEFAULT 0,
  "unread_count" INTEGER NOT NULL DEFAULT 0,
  "floor_seq" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "inboxes_pkey" PRIMARY KEY ("user_id"),
  CONSTRAINT "inboxes_unread_count" CHECK ("unread_count" >= 0)
);

CREATE TABLE "notifications" (
  "id" UUID NOT NULL,
  "user_id" INTEGER NOT NULL,
  "seq" BIGINT NOT NULL,
  "type" TEXT NOT NULL,
  "titre" TEXT NOT NULL,
  "message" TEXT NOT NULL,
  "url" TEXT,
  "source" TEXT NOT NULL,
  "sender_id" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "read_at" TIMESTAMPTZ(3),
  "archived_at" TIMESTAMPTZ(3),
  "deleted_at" TIMESTAMPTZ(3),
  CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "notifications_user_id_seq_idx" ON "notifications"("user_id", "seq");
-- One index a list of the inbox: a page costs the same with ten rows and with ten million.
CREATE INDEX "notifications_inbox" ON "notifications"("user_id", "id" DESC) WHERE "deleted_at" IS NULL AND "archived_at" IS NULL;
CREATE INDEX "notifications_unread" ON "notifications"("user_id", "id" DESC) WHERE "deleted_at" IS NULL AND "archived_at" IS NULL AND "read_at" IS NULL;
CREATE INDEX "notifications_archived" ON "notifications"("user_id", "id" DESC) WHERE "deleted_at" IS NULL AND "archived_at" IS NOT NULL;
CREATE INDEX "notifications_deleted" ON "notifications"("deleted_at") WHERE "deleted_at" IS NOT NULL;

CREATE TABLE "outbox" (
  "id" UUID NOT NULL,
  "queue" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "payload" JSONB NOT NULL,
  "notification_id" UUID,
  "channel" TEXT,
  "state" TEXT NOT NULL DEFAULT 'pending',
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "available_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "lease_until" TIMESTAMPTZ(3),
  "last_error" TEXT,
  "request_id" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finished_at" TIMESTAMPTZ(3),
  CONSTRAINT "outbox_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "outbox_state" CHECK ("state" IN ('pending', 'leased', 'sent', 'dead'))
);
CREATE UNIQUE INDEX "outbox_notification_id_channel_key" ON "outbox"("notification_id", "channel");
CREATE INDEX "outbox_due" ON "outbox"("available_at") WHERE "state" IN ('pending', 'leased');
CREATE INDEX "outbox_dead" ON "outbox"("id" DESC) WHERE "state" = 'dead';
CREATE INDEX "outbox_finished" ON "outbox"("finished_at") WHERE "state" = 'sent';

CREATE TABLE "idempotency_keys" (
  "owner" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "request_hash" TEXT NOT NULL,
  "response" JSONB NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("owner", "key")
);
CREATE INDEX "idempotency_keys_expires_at_idx" ON "idempotency_keys"("expires_at");

CREATE TABLE "audit_events" (
  "id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "actor" TEXT NOT NULL,
  "action" TEXT NOT NULL,
  "subject" TEXT,
  "details" JSONB NOT NULL DEFAULT '{}',
  CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "audit_events_at_idx" ON "audit_events"("at");

ALTER TABLE "user_sessions" ADD CONSTRAINT "user_sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "portal_sessions" ADD CONSTRAINT "portal_sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "portal_sessions" ADD CONSTRAINT "portal_sessions_user_session_id_fkey" FOREIGN KEY ("user_session_id") REFERENCES "user_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "inboxes" ADD CONSTRAINT "inboxes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_sender_id_fkey" FOREIGN KEY ("sender_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notifications"("id") ON DELETE CASCADE ON UPDATE CASCADE;
