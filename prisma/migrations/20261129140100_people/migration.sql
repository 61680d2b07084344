-- Grows with each edit by an administrator: two who edit one person at once hear of each other.
ALTER TABLE "users" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- Words of a person's name and address, without accents. Addresses are split, so that each of their parts is found.
CREATE FUNCTION "people_words"("name" text, "email" text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_tsvector('simple'::regconfig,
    translate(lower(regexp_replace(normalize("name" || ' ' || "email", NFD), '[\u0300-\u036f]', '', 'g')),
      'œæ@.-_+''’', 'oa       '));
CREATE INDEX "users_words_idx" ON "users" USING gin (people_words("name", "email"));

-- The list of people by name and by address, of everybody and of one role; pages go on after a name or address and a number.
CREATE INDEX "users_name_id_idx" ON "users" ("name", "id");
CREATE INDEX "users_role_name_id_idx" ON "users" ("role", "name", "id");
CREATE INDEX "users_role_email_idx" ON "users" ("role", "email");
DROP INDEX "users_role_idx";
CREATE INDEX "users_disabled_idx" ON "users" ("name", "id") WHERE "disabled_at" IS NOT NULL;
