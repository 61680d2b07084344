CREATE OR REPLACE FUNCTION "people_words"("name" text, "email" text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
  RETURN to_tsvector('simple'::regconfig,
    translate(lower(regexp_replace(normalize("name" || ' ' || "email", NFD), '[\u0300-\u036f]', '', 'g')),
      'œæ@.-_+''’', 'oa       '));
