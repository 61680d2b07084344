CREATE TABLE "dossier_types" (
  "id" SERIAL NOT NULL,
  "name_fr" TEXT NOT NULL,
  "name_en" TEXT NOT NULL,
  "fields" JSONB NOT NULL DEFAULT '[]',
  "pieces" JSONB NOT NULL DEFAULT '[]',
  "due_working_days" INTEGER,
  "default_assignee_id" INTEGER,
  "archived_at" TIMESTAMPTZ(3),
  "version" INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT "dossier_types_pkey" PRIMARY KEY ("id")
);

-- The last number of each year, taken last in the transaction that opens a dossier: no number is missing.
CREATE TABLE "dossier_numbers" (
  "year" INTEGER NOT NULL,
  "last" INTEGER NOT NULL,
  CONSTRAINT "dossier_numbers_pkey" PRIMARY KEY ("year")
);

CREATE TABLE "dossiers" (
  "id" SERIAL NOT NULL,
  "reference" TEXT NOT NULL,
  "title" TEXT COLLATE "und-x-icu" NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "type_id" INTEGER NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'nouveau',
  "priority" SMALLINT NOT NULL DEFAULT 2,
  "concerned_kind" TEXT NOT NULL,
  "concerned_name" TEXT COLLATE "und-x-icu" NOT NULL,
  "concerned_contact" TEXT NOT NULL DEFAULT '',
  "due_on" DATE,
  "assignee_id" INTEGER,
  "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
  "custom" JSONB NOT NULL DEFAULT '{}',
  "created_by" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "state_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "state_reason" TEXT NOT NULL DEFAULT '',
  "origin_portal" TEXT,
  "origin_url" TEXT,
  "origin_title" TEXT,
  "warned_for" DATE,
  "escalated_for" DATE,
  CONSTRAINT "dossiers_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "dossiers_type_id_fkey" FOREIGN KEY ("type_id") REFERENCES "dossier_types"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "dossiers_state_check" CHECK ("state" IN ('nouveau', 'en_cours', 'en_attente', 'valide', 'rejete', 'cloture')),
  CONSTRAINT "dossiers_priority_check" CHECK ("priority" BETWEEN 1 AND 4)
);
CREATE UNIQUE INDEX "dossiers_reference_key" ON "dossiers" ("reference");
CREATE INDEX "dossiers_updated_at_id_idx" ON "dossiers" ("updated_at", "id");
CREATE INDEX "dossiers_priority_id_idx" ON "dossiers" ("priority", "id");
CREATE INDEX "dossiers_type_id_id_idx" ON "dossiers" ("type_id", "id");
-- Pages by due date go on after a date and an id; those without one stand last. Each state is a column of the board.
CREATE INDEX "dossiers_due_idx" ON "dossiers" ((COALESCE("due_on", 'infinity'::date)), "id");
CREATE INDEX "dossiers_state_due_idx" ON "dossiers" ("state", (COALESCE("due_on", 'infinity'::date)), "id");
CREATE INDEX "dossiers_state_id_idx" ON "dossiers" ("state", "id");
-- What somebody has to do.
CREATE INDEX "dossiers_assignee_due_idx" ON "dossiers" ("assignee_id", (COALESCE("due_on", 'infinity'::date)), "id")
  WHERE "state" IN ('nouveau', 'en_cours', 'en_attente');
CREATE INDEX "dossiers_assignee_id_id_idx" ON "dossiers" ("assignee_id", "id");
-- What is due, and since when open dossiers are open.
CREATE INDEX "dossiers_open_due_idx" ON "dossiers" ("due_on", "id") WHERE "state" IN ('nouveau', 'en_cours', 'en_attente');
CREATE INDEX "dossiers_open_created_idx" ON "dossiers" ("created_at", "id") WHERE "state" IN ('nouveau', 'en_cours', 'en_attente');
CREATE INDEX "dossiers_tags_idx" ON "dossiers" USING gin ("tags");

CREATE FUNCTION "dossier_words"("reference" text, "title" text, "concerned" text, "tags" text[]) RETURNS tsvector
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
BEGIN
  RETURN public.record_words("reference" || ' ' || "title" || ' ' || "concerned" || ' ' || array_to_string("tags", ' '));
END
$$;
CREATE INDEX "dossiers_words_idx" ON "dossiers" USING gin (dossier_words("reference", "title", "concerned_name", "tags"));

CREATE TABLE "dossier_people" (
  "dossier_id" INTEGER NOT NULL,
  "user_id" INTEGER NOT NULL,
  "reason" TEXT NOT NULL,
  "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "dossier_people_pkey" PRIMARY KEY ("dossier_id", "user_id", "reason"),
  CONSTRAINT "dossier_people_dossier_id_fkey" FOREIGN KEY ("dossier_id") REFERENCES "dossiers"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "dossier_people_reason_check" CHECK ("reason" IN ('creator', 'assignee', 'follower', 'asked', 'granted', 'substitute'))
);
CREATE INDEX "dossier_people_user_id_dossier_id_idx" ON "dossier_people" ("user_id", "dossier_id");

CREATE TABLE "dossier_pieces" (
  "id" UUID NOT NULL,
  "dossier_id" INTEGER NOT NULL,
  "position" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "required" BOOLEAN NOT NULL DEFAULT true,
  "state" TEXT NOT NULL DEFAULT 'asked',
  "reason" TEXT NOT NULL DEFAULT '',
  "document_id" UUID,
  "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "dossier_pieces_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "dossier_pieces_dossier_id_fkey" FOREIGN KEY ("dossier_id") REFERENCES "dossiers"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "dossier_pieces_state_check" CHECK ("state" IN ('asked', 'received', 'refused'))
);
CREATE INDEX "dossier_pieces_dossier_id_position_idx" ON "dossier_pieces" ("dossier_id", "position");

CREATE TABLE "dossier_opinions" (
  "id" UUID NOT NULL,
  "dossier_id" INTEGER NOT NULL,
  "asked_by" INTEGER,
  "asked_user_id" INTEGER,
  "asked_role" TEXT,
  "question" TEXT NOT NULL,
  "due_on" DATE,
  "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "verdict" TEXT,
  "answer" TEXT NOT NULL DEFAULT '',
  "answered_by" INTEGER,
  "answered_at" TIMESTAMPTZ(3),
  "withdrawn_at" TIMESTAMPTZ(3),
  "reminded_at" TIMESTAMPTZ(3),
  "thread_id" UUID,
  CONSTRAINT "dossier_opinions_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "dossier_opinions_dossier_id_fkey" FOREIGN KEY ("dossier_id") REFERENCES "dossiers"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "dossier_opinions_verdict_check" CHECK ("verdict" IN ('favorable', 'defavorable', 'reserve', 'refused')),
  CONSTRAINT "dossier_opinions_asked_check" CHECK (("asked_user_id" IS NULL) <> ("asked_role" IS NULL))
);
CREATE INDEX "dossier_opinions_dossier_id_idx" ON "dossier_opinions" ("dossier_id");
CREATE INDEX "dossier_opinions_asked_user_id_idx" ON "dossier_opinions" ("asked_user_id");
CREATE INDEX "dossier_opinions_asked_role_idx" ON "dossier_opinions" ("asked_role");
-- Opinions that are waited for, by their due date.
CREATE INDEX "dossier_opinions_open_idx" ON "dossier_opinions" ("due_on") WHERE "answered_at" IS NULL AND "withdrawn_at" IS NULL;

CREATE TABLE "dossier_decisions" (
  "id" UUID NOT NULL,
  "dossier_id" INTEGER NOT NULL,
  "outcome" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "decided_by" INTEGER,
  "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "reopened_at" TIMESTAMPTZ(3),
  CONSTRAINT "dossier_decisions_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "dossier_decisions_dossier_id_fkey" FOREIGN KEY ("dossier_id") REFERENCES "dossiers"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "dossier_decisions_outcome_check" CHECK ("outcome" IN ('valide', 'rejete'))
);
CREATE INDEX "dossier_decisions_dossier_id_decided_at_idx" ON "dossier_decisions" ("dossier_id", "decided_at");
CREATE INDEX "dossier_decisions_decided_at_idx" ON "dossier_decisions" ("decided_at");

CREATE TABLE "seances" (
  "id" SERIAL NOT NULL,
  "title" TEXT NOT NULL,
  "place" TEXT NOT NULL DEFAULT '',
  "starts_at" TIMESTAMPTZ(3) NOT NULL,
  "ends_at" TIMESTAMPTZ(3) NOT NULL,
  "is_public" BOOLEAN NOT NULL DEFAULT false,
  "dossier_id" INTEGER,
  "created_by" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "deleted_at" TIMESTAMPTZ(3),
  CONSTRAINT "seances_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "seances_dossier_id_fkey" FOREIGN KEY ("dossier_id") REFERENCES "dossiers"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX "seances_starts_at_id_idx" ON "seances" ("starts_at", "id");
CREATE INDEX "seances_dossier_id_idx" ON "seances" ("dossier_id");

CREATE TABLE "seance_participants" (
  "seance_id" INTEGER NOT NULL,
  "user_id" INTEGER NOT NULL,
  CONSTRAINT "seance_participants_pkey" PRIMARY KEY ("seance_id", "user_id"),
  CONSTRAINT "seance_participants_seance_id_fkey" FOREIGN KEY ("seance_id") REFERENCES "seances"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "seance_participants_user_id_seance_id_idx" ON "seance_participants" ("user_id", "seance_id");

-- What the roles that every installation has may do; administrators may do everything. Others are granted it in the console.
UPDATE "roles" SET "permissions" = "permissions" || ARRAY['dossiers.read-all', 'dossiers.work', 'dossiers.grant']
  WHERE "slug" = 'gestionnaire';
UPDATE "roles" SET "permissions" = "permissions"
    || ARRAY['dossiers.read-all', 'dossiers.work', 'dossiers.decide', 'dossiers.reopen', 'dossiers.grant']
  WHERE "slug" = 'direction';
