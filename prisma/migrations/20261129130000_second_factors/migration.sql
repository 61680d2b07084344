CREATE TABLE "passkeys" (
  "id" UUID NOT NULL,
  "user_id" INTEGER NOT NULL,
  "credential_id" TEXT NOT NULL,
  "public_key" BYTEA NOT NULL,
  "counter" BIGINT NOT NULL,
  "transports" TEXT[],
  "name" TEXT NOT NULL,
  "backed_up" BOOLEAN NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "last_used_at" TIMESTAMPTZ(3),
  CONSTRAINT "passkeys_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "passkeys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "passkeys_credential_id_key" ON "passkeys"("credential_id");
CREATE INDEX "passkeys_user_id_idx" ON "passkeys"("user_id");

CREATE TABLE "webauthn_challenges" (
  "challenge" TEXT NOT NULL,
  "holder" TEXT NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "answer_hash" TEXT,
  "passkey_id" UUID,
  CONSTRAINT "webauthn_challenges_pkey" PRIMARY KEY ("challenge")
);
CREATE INDEX "webauthn_challenges_expires_at_idx" ON "webauthn_challenges"("expires_at");
CREATE INDEX "webauthn_challenges_holder_idx" ON "webauthn_challenges"("holder");

CREATE TABLE "totp_secrets" (
  "user_id" INTEGER NOT NULL,
  "secret" TEXT NOT NULL,
  "confirmed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "last_step" BIGINT NOT NULL,
  CONSTRAINT "totp_secrets_pkey" PRIMARY KEY ("user_id"),
  CONSTRAINT "totp_secrets_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "recovery_codes" (
  "user_id" INTEGER NOT NULL,
  "code_hash" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "used_at" TIMESTAMPTZ(3),
  CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("user_id", "code_hash"),
  CONSTRAINT "recovery_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "factor_enrolments" (
  "holder" TEXT NOT NULL,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('totp', 'recovery-codes')),
  "user_id" INTEGER NOT NULL,
  "secret" TEXT NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "factor_enrolments_pkey" PRIMARY KEY ("holder", "kind"),
  CONSTRAINT "factor_enrolments_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "factor_enrolments_expires_at_idx" ON "factor_enrolments"("expires_at");
CREATE INDEX "factor_enrolments_user_id_idx" ON "factor_enrolments"("user_id");

CREATE TABLE "pending_sign_ins" (
  "interaction_hash" TEXT NOT NULL,
  "user_id" INTEGER NOT NULL,
  "password_hash" TEXT NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "method" TEXT,
  "answer_hash" TEXT,
  CONSTRAINT "pending_sign_ins_pkey" PRIMARY KEY ("interaction_hash"),
  CONSTRAINT "pending_sign_ins_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "pending_sign_ins_expires_at_idx" ON "pending_sign_ins"("expires_at");
CREATE INDEX "pending_sign_ins_user_id_idx" ON "pending_sign_ins"("user_id");

CREATE TABLE "role_requirements" (
  "role" TEXT NOT NULL,
  "second_factor_required" BOOLEAN NOT NULL,
  CONSTRAINT "role_requirements_pkey" PRIMARY KEY ("role")
);
