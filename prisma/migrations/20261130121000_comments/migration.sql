CREATE TABLE "comments" (
  "id" UUID NOT NULL,
  "subject_type" TEXT NOT NULL,
  "subject_id" TEXT NOT NULL,
  "discussion" TEXT NOT NULL,
  "thread_id" UUID,
  "parent_id" UUID,
  "author_id" INTEGER NOT NULL,
  "content" TEXT NOT NULL,
  "mentions" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "edited_at" TIMESTAMPTZ(3),
  "deleted_at" TIMESTAMPTZ(3),
  "deleted_by" INTEGER,
  "hidden_at" TIMESTAMPTZ(3),
  "hidden_by" INTEGER,
  "hidden_reason" TEXT NOT NULL DEFAULT '',
  "resolved_at" TIMESTAMPTZ(3),
  "resolved_by" INTEGER,
  "place" BIGINT NOT NULL,
  "seq" BIGINT NOT NULL,
  CONSTRAINT "comments_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "comments_discussion_place_key" ON "comments" ("discussion", "place");
CREATE UNIQUE INDEX "comments_discussion_seq_key" ON "comments" ("discussion", "seq");
CREATE INDEX "comments_discussion_author_id_created_at_idx" ON "comments" ("discussion", "author_id", "created_at");
CREATE INDEX "comments_parent_id_idx" ON "comments" ("parent_id");
CREATE INDEX "comments_deleted_at_idx" ON "comments" ("deleted_at");

CREATE TABLE "comment_reactions" (
  "comment_id" UUID NOT NULL,
  "user_id" INTEGER NOT NULL,
  "emoji" TEXT NOT NULL,
  CONSTRAINT "comment_reactions_pkey" PRIMARY KEY ("comment_id", "user_id", "emoji"),
  CONSTRAINT "comment_reactions_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "comment_mentions" (
  "comment_id" UUID NOT NULL,
  "user_id" INTEGER NOT NULL,
  CONSTRAINT "comment_mentions_pkey" PRIMARY KEY ("comment_id", "user_id"),
  CONSTRAINT "comment_mentions_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "comment_reports" (
  "comment_id" UUID NOT NULL,
  "user_id" INTEGER NOT NULL,
  "reason" TEXT NOT NULL,
  "reported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "closed_at" TIMESTAMPTZ(3),
  "closed_by" INTEGER,
  CONSTRAINT "comment_reports_pkey" PRIMARY KEY ("comment_id", "user_id"),
  CONSTRAINT "comment_reports_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "comment_reports_closed_at_reported_at_idx" ON "comment_reports" ("closed_at", "reported_at");

CREATE TABLE "comment_threads" (
  "id" UUID NOT NULL,
  "subject_type" TEXT NOT NULL,
  "subject_id" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "roles" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "created_by" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "comment_threads_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "comment_threads_subject_type_subject_id_idx" ON "comment_threads" ("subject_type", "subject_id");

CREATE TABLE "comment_thread_people" (
  "thread_id" UUID NOT NULL,
  "user_id" INTEGER NOT NULL,
  CONSTRAINT "comment_thread_people_pkey" PRIMARY KEY ("thread_id", "user_id"),
  CONSTRAINT "comment_thread_people_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "comment_threads"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "comment_thread_people_user_id_idx" ON "comment_thread_people" ("user_id");

CREATE TABLE "comment_drafts" (
  "user_id" INTEGER NOT NULL,
  "subject_type" TEXT NOT NULL,
  "subject_id" TEXT NOT NULL,
  "place" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  "mentions" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "comment_drafts_pkey" PRIMARY KEY ("user_id", "subject_type", "subject_id", "place")
);
CREATE INDEX "comment_drafts_updated_at_idx" ON "comment_drafts" ("updated_at");

CREATE TABLE "comment_words" (
  "word" TEXT NOT NULL,
  "created_by" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "comment_words_pkey" PRIMARY KEY ("word")
);

CREATE TABLE "presence_signs" (
  "subject_type" TEXT NOT NULL,
  "subject_id" TEXT NOT NULL,
  "user_id" INTEGER NOT NULL,
  "tab" TEXT NOT NULL,
  "seen_at" TIMESTAMPTZ(3) NOT NULL,
  "typed_at" TIMESTAMPTZ(3),
  CONSTRAINT "presence_signs_pkey" PRIMARY KEY ("subject_type", "subject_id", "user_id", "tab")
);
CREATE INDEX "presence_signs_seen_at_idx" ON "presence_signs" ("seen_at");

-- Whoever leads a dossier keeps its discussion in order; administrators may in any case.
UPDATE "roles" SET "permissions" = "permissions" || ARRAY['comments.moderate'] WHERE "slug" IN ('gestionnaire', 'direction');
