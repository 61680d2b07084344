CREATE TABLE "notes" (
  "id" UUID PRIMARY KEY,
  "author_id" INTEGER NOT NULL REFERENCES "users" ("id"),
  "text" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "announced_at" TIMESTAMPTZ
);
CREATE INDEX "notes_by_author" ON "notes" ("author_id", "created_at" DESC);
