-- A text's words as they stand, and by their French stems; small letters without accents, as `record_words` has them. Each begins with the number of
-- its conversation (`12/devis`): the index holds the words of one conversation together, and a search never meets those of another.
CREATE FUNCTION "message_words"("conversation" integer, "text" text) RETURNS tsvector
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
DECLARE
  "plain" text := translate(replace(replace(lower(regexp_replace(normalize("text", NFD), '[\u0300-\u036f]', '', 'g')),
    'œ', 'oe'), 'æ', 'ae'), '@.-_+/''’', '        ');
BEGIN
  RETURN array_to_tsvector(ARRAY(
    SELECT "conversation" || '/' || "word" FROM unnest(tsvector_to_array(
      to_tsvector('pg_catalog.simple'::regconfig, "plain") || to_tsvector('pg_catalog.french'::regconfig, "plain"))) AS "word"
    WHERE octet_length("word") < 1000));
END
$$;

CREATE TABLE "conversations" (
  "id" SERIAL NOT NULL,
  "name" TEXT NOT NULL DEFAULT '',
  "pair" TEXT,
  "subject_type" TEXT,
  "subject_id" TEXT,
  "created_by" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "last_place" BIGINT NOT NULL DEFAULT 0,
  "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "conversations_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "conversations_pair_key" ON "conversations" ("pair");
CREATE INDEX "conversations_subject_type_subject_id_idx" ON "conversations" ("subject_type", "subject_id");

CREATE TABLE "conversation_members" (
  "conversation_id" INTEGER NOT NULL,
  "user_id" INTEGER NOT NULL,
  "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "from_place" BIGINT NOT NULL DEFAULT 0,
  "read_place" BIGINT NOT NULL DEFAULT 0,
  "told_place" BIGINT NOT NULL DEFAULT 0,
  "muted" BOOLEAN NOT NULL DEFAULT false,
  "pinned_at" TIMESTAMPTZ(3),
  "archived_place" BIGINT,
  CONSTRAINT "conversation_members_pkey" PRIMARY KEY ("conversation_id", "user_id"),
  CONSTRAINT "conversation_members_conversation_id_fkey" FOREIGN KEY ("conversation_id")
    REFERENCES "conversations" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "conversation_members_user_id_idx" ON "conversation_members" ("user_id");

CREATE TABLE "messages" (
  "id" UUID NOT NULL,
  "conversation_id" INTEGER NOT NULL,
  "kind" TEXT NOT NULL DEFAULT 'text',
  "author_id" INTEGER NOT NULL,
  "content" TEXT NOT NULL,
  "mentions" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "details" JSONB NOT NULL DEFAULT '{}',
  "reply_to" UUID,
  "attachments" INTEGER NOT NULL DEFAULT 0,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "edited_at" TIMESTAMPTZ(3),
  "deleted_at" TIMESTAMPTZ(3),
  "place" BIGINT NOT NULL,
  "seq" BIGINT NOT NULL,
  "words" tsvector GENERATED ALWAYS AS (public.message_words("conversation_id", "content")) STORED,
  CONSTRAINT "messages_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "messages_conversation_id_fkey" FOREIGN KEY ("conversation_id")
    REFERENCES "conversations" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "messages_conversation_id_place_key" ON "messages" ("conversation_id", "place");
CREATE UNIQUE INDEX "messages_conversation_id_seq_key" ON "messages" ("conversation_id", "seq");
CREATE INDEX "messages_author_id_created_at_idx" ON "messages" ("author_id", "created_at");
CREATE INDEX "messages_deleted_at_idx" ON "messages" ("deleted_at");
CREATE INDEX "messages_words_idx" ON "messages" USING gin ("words");

CREATE TABLE "message_versions" (
  "message_id" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "content" TEXT NOT NULL,
  "replaced_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "message_versions_pkey" PRIMARY KEY ("message_id", "version"),
  CONSTRAINT "message_versions_message_id_fkey" FOREIGN KEY ("message_id")
    REFERENCES "messages" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "message_reactions" (
  "message_id" UUID NOT NULL,
  "user_id" INTEGER NOT NULL,
  "emoji" TEXT NOT NULL,
  CONSTRAINT "message_reactions_pkey" PRIMARY KEY ("message_id", "user_id", "emoji"),
  CONSTRAINT "message_reactions_message_id_fkey" FOREIGN KEY ("message_id")
    REFERENCES "messages" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "message_mentions" (
  "message_id" UUID NOT NULL,
  "user_id" INTEGER NOT NULL,
  CONSTRAINT "message_mentions_pkey" PRIMARY KEY ("message_id", "user_id"),
  CONSTRAINT "message_mentions_message_id_fkey" FOREIGN KEY ("message_id")
    REFERENCES "messages" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "scheduled_messages" (
  "id" UUID NOT NULL,
  "conversation_id" INTEGER NOT NULL,
  "author_id" INTEGER NOT NULL,
  "content" TEXT NOT NULL,
  "mentions" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "reply_to" UUID,
  "send_at" TIMESTAMPTZ(3) NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "refusal" TEXT,
  CONSTRAINT "scheduled_messages_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "scheduled_messages_conversation_id_fkey" FOREIGN KEY ("conversation_id")
    REFERENCES "conversations" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "scheduled_messages_author_id_send_at_idx" ON "scheduled_messages" ("author_id", "send_at");
CREATE INDEX "scheduled_messages_send_at_idx" ON "scheduled_messages" ("send_at");

CREATE TABLE "message_reminders" (
  "user_id" INTEGER NOT NULL,
  "message_id" UUID NOT NULL,
  "remind_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "message_reminders_pkey" PRIMARY KEY ("user_id", "message_id"),
  CONSTRAINT "message_reminders_message_id_fkey" FOREIGN KEY ("message_id")
    REFERENCES "messages" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "message_reminders_remind_at_idx" ON "message_reminders" ("remind_at");

CREATE TABLE "message_notices" (
  "conversation_id" INTEGER NOT NULL,
  "due_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "message_notices_pkey" PRIMARY KEY ("conversation_id"),
  CONSTRAINT "message_notices_conversation_id_fkey" FOREIGN KEY ("conversation_id")
    REFERENCES "conversations" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "message_notices_due_at_idx" ON "message_notices" ("due_at");

CREATE TABLE "presences" (
  "user_id" INTEGER NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'online',
  "until" TIMESTAMPTZ(3),
  "connected" BOOLEAN NOT NULL DEFAULT false,
  "active_at" TIMESTAMPTZ(3),
  "shown" TEXT NOT NULL DEFAULT 'offline',
  "last_seen_at" TIMESTAMPTZ(3),
  "shows_reads" BOOLEAN NOT NULL DEFAULT true,
  CONSTRAINT "presences_pkey" PRIMARY KEY ("user_id")
);
CREATE INDEX "presences_connected_idx" ON "presences" ("connected");

-- The documents of one message among those of its conversation.
CREATE INDEX "documents_subject_type_subject_id_slot_idx" ON "documents" ("subject_type", "subject_id", "slot");
