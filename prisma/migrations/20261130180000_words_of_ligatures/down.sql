CREATE OR REPLACE FUNCTION "record_words"("text" text) RETURNS tsvector
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
BEGIN
  RETURN to_tsvector('simple'::regconfig,
    translate(lower(regexp_replace(normalize("text", NFD), '[\u0300-\u036f]', '', 'g')), 'œæ@.-_+''’', 'oa       '));
END
$$;
CREATE OR REPLACE FUNCTION "people_words"("name" text, "email" text) RETURNS tsvector
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
BEGIN
  RETURN to_tsvector('simple'::regconfig,
    translate(lower(regexp_replace(normalize("name" || ' ' || "email", NFD), '[\u0300-\u036f]', '', 'g')),
      'œæ@.-_+''’', 'oa       '));
END
$$;
UPDATE "users" SET "name" = "name" WHERE "name" ~ '[œæŒÆ]';
UPDATE "seances" SET "title" = "title" WHERE "title" || "place" ~ '[œæŒÆ]';
UPDATE "dossiers" SET "title" = "title"
WHERE "title" || ' ' || "concerned_name" || ' ' || array_to_string("tags", ' ') ~ '[œæŒÆ]';
