-- A file of people that was checked: what each of its lines would do. An import does what was shown, and nothing else.
CREATE TABLE "people_imports" (
  "id" UUID NOT NULL,
  "created_by" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "file_name" TEXT NOT NULL,
  "encoding" TEXT,
  "delimiter" TEXT NOT NULL,
  "ignored_columns" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "creates" INTEGER NOT NULL,
  "changes" INTEGER NOT NULL,
  "unchanged" INTEGER NOT NULL,
  "problems" INTEGER NOT NULL,
  "invites" BOOLEAN,
  "job_id" UUID,
  CONSTRAINT "people_imports_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "people_imports_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "people_imports_created_at_idx" ON "people_imports" ("created_at");
CREATE INDEX "people_imports_created_by_idx" ON "people_imports" ("created_by");

CREATE TABLE "people_import_lines" (
  "import_id" UUID NOT NULL,
  "line" INTEGER NOT NULL,
  "outcome" TEXT NOT NULL,
  "email" TEXT,
  "name" TEXT,
  "role" TEXT,
  "locale" TEXT,
  "person_id" INTEGER,
  "before" JSONB,
  "problems" JSONB NOT NULL DEFAULT '[]',
  CONSTRAINT "people_import_lines_pkey" PRIMARY KEY ("import_id", "line"),
  CONSTRAINT "people_import_lines_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "people_imports" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "people_import_lines_outcome" CHECK ("outcome" IN ('create', 'change', 'unchanged', 'bad'))
);
CREATE INDEX "people_import_lines_import_id_outcome_line_idx" ON "people_import_lines" ("import_id", "outcome", "line");

-- Somebody stopped the work: what was done stays done.
ALTER TABLE "batch_jobs" ADD COLUMN "cancelled_at" TIMESTAMPTZ(3);
