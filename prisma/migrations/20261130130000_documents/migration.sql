CREATE TABLE "documents" (
  "id" UUID NOT NULL,
  "subject_type" TEXT NOT NULL,
  "subject_id" TEXT NOT NULL,
  "slot" TEXT,
  "name" TEXT NOT NULL,
  "current_version" INTEGER NOT NULL DEFAULT 1,
  "created_by" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "deleted_at" TIMESTAMPTZ(3),
  "deleted_by" INTEGER,
  CONSTRAINT "documents_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "documents_subject_type_subject_id_id_idx" ON "documents" ("subject_type", "subject_id", "id");
-- Deleted ones, whose time to be restored runs out.
CREATE INDEX "documents_deleted_at_idx" ON "documents" ("deleted_at") WHERE "deleted_at" IS NOT NULL;

CREATE TABLE "document_versions" (
  "id" UUID NOT NULL,
  "document_id" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "media_type" TEXT NOT NULL,
  "bytes" BIGINT NOT NULL,
  "sha256" TEXT NOT NULL,
  "uploaded_by" INTEGER NOT NULL,
  "uploaded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "scan" TEXT NOT NULL DEFAULT 'none',
  "thumbnail" TEXT NOT NULL DEFAULT 'none',
  "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "missing_at" TIMESTAMPTZ(3),
  CONSTRAINT "document_versions_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "document_versions_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "documents"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "document_versions_scan_check" CHECK ("scan" IN ('none', 'pending', 'clean', 'infected')),
  CONSTRAINT "document_versions_thumbnail_check" CHECK ("thumbnail" IN ('none', 'pending', 'ready', 'failed'))
);
CREATE UNIQUE INDEX "document_versions_document_id_version_key" ON "document_versions" ("document_id", "version");
CREATE INDEX "document_versions_checked_at_idx" ON "document_versions" ("checked_at");

CREATE TABLE "document_uploads" (
  "id" UUID NOT NULL,
  "user_id" INTEGER NOT NULL,
  "subject_type" TEXT NOT NULL,
  "subject_id" TEXT NOT NULL,
  "replaces" UUID,
  "slot" TEXT,
  "name" TEXT NOT NULL,
  "bytes" BIGINT NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'open',
  "reason" TEXT,
  "document_id" UUID,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "document_uploads_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "document_uploads_state_check" CHECK ("state" IN ('open', 'stored', 'refused'))
);
CREATE INDEX "document_uploads_user_id_state_idx" ON "document_uploads" ("user_id", "state");
CREATE INDEX "document_uploads_created_at_idx" ON "document_uploads" ("created_at");
