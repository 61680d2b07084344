-- The number of the last change of each stream: whoever changes a record takes the next one, and locks the row until the end.
CREATE TABLE "change_heads" (
  "stream" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "seq" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "change_heads_pkey" PRIMARY KEY ("stream", "key")
);

-- Who changed which fields of a record, from what to what.
CREATE TABLE "record_changes" (
  "subject_type" TEXT NOT NULL,
  "subject_id" TEXT NOT NULL,
  "seq" BIGINT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "actor" TEXT NOT NULL,
  "user_id" INTEGER,
  "op" TEXT NOT NULL,
  "fields" JSONB NOT NULL DEFAULT '{}',
  "details" JSONB NOT NULL DEFAULT '{}',
  CONSTRAINT "record_changes_pkey" PRIMARY KEY ("subject_type", "subject_id", "seq")
);

CREATE TABLE "saved_views" (
  "id" UUID NOT NULL,
  "list" TEXT NOT NULL,
  "owner_id" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "is_shared" BOOLEAN NOT NULL DEFAULT false,
  "query" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "saved_views_list_owner_id_name_key" ON "saved_views" ("list", "owner_id", "name");
CREATE INDEX "saved_views_list_is_shared_idx" ON "saved_views" ("list", "is_shared");

-- First answers to requests with a key, for 24 h.
CREATE TABLE "record_keys" (
  "owner" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "request_hash" TEXT NOT NULL,
  "answer" JSONB,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "record_keys_pkey" PRIMARY KEY ("owner", "key")
);
CREATE INDEX "record_keys_expires_at_idx" ON "record_keys" ("expires_at");

-- The words of a text without accents, as `foldWords` has them. Its cost keeps PostgreSQL from making the words of a whole table
-- instead of asking an index of them.
CREATE FUNCTION "record_words"("text" text) RETURNS tsvector
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
BEGIN
  RETURN to_tsvector('simple'::regconfig,
    translate(lower(regexp_replace(normalize("text", NFD), '[\u0300-\u036f]', '', 'g')), 'œæ@.-_+''’', 'oa       '));
END
$$;
