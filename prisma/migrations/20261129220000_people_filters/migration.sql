-- The list of people is filtered by second factor and by lockout. Both stand on the person's row, so that the planner knows how many
-- there are, and a page of a million people costs what one of a thousand does.
ALTER TABLE "users" ADD COLUMN "has_second_factor" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "users" ADD COLUMN "locked_until" TIMESTAMPTZ(3);

UPDATE "users" SET "has_second_factor" = true
  WHERE "id" IN (SELECT "user_id" FROM "passkeys" UNION SELECT "user_id" FROM "totp_secrets");

-- Triggers, because factors are added and removed in several places, and by the version before this one while it ends.
CREATE FUNCTION "users_note_second_factor"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  holder integer := CASE TG_OP WHEN 'DELETE' THEN OLD."user_id" ELSE NEW."user_id" END;
  has_factor boolean;
BEGIN
  has_factor := EXISTS (SELECT FROM "passkeys" WHERE "user_id" = holder)
    OR EXISTS (SELECT FROM "totp_secrets" WHERE "user_id" = holder);
  UPDATE "users" SET "has_second_factor" = has_factor WHERE "id" = holder AND "has_second_factor" <> has_factor;
  RETURN NULL;
END
$$;
CREATE TRIGGER "passkeys_note_second_factor" AFTER INSERT OR DELETE ON "passkeys"
  FOR EACH ROW EXECUTE FUNCTION "users_note_second_factor"();
CREATE TRIGGER "totp_secrets_note_second_factor" AFTER INSERT OR DELETE ON "totp_secrets"
  FOR EACH ROW EXECUTE FUNCTION "users_note_second_factor"();

CREATE INDEX "users_with_factor_idx" ON "users" ("name", "id") WHERE "has_second_factor";
CREATE INDEX "users_without_factor_idx" ON "users" ("name", "id") WHERE NOT "has_second_factor";
CREATE INDEX "users_locked_until_idx" ON "users" ("locked_until") WHERE "locked_until" IS NOT NULL;
