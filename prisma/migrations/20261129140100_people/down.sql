DROP INDEX "users_disabled_idx";
CREATE INDEX "users_role_idx" ON "users" ("role");
DROP INDEX "users_role_email_idx";
DROP INDEX "users_role_name_id_idx";
DROP INDEX "users_name_id_idx";
DROP INDEX "users_words_idx";
DROP FUNCTION "people_words"(text, text);
ALTER TABLE "users" DROP COLUMN "version";
