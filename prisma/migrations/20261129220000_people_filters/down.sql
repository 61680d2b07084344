DROP INDEX "users_locked_until_idx";
DROP INDEX "users_without_factor_idx";
DROP INDEX "users_with_factor_idx";
DROP TRIGGER "totp_secrets_note_second_factor" ON "totp_secrets";
DROP TRIGGER "passkeys_note_second_factor" ON "passkeys";
DROP FUNCTION "users_note_second_factor"();
ALTER TABLE "users" DROP COLUMN "locked_until";
ALTER TABLE "users" DROP COLUMN "has_second_factor";
