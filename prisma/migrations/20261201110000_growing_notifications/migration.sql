-- A notification that grows as long as it is unread, and the way to it.
ALTER TABLE "notifications" ADD COLUMN "group_key" TEXT;
CREATE INDEX "notifications_growing" ON "notifications" ("user_id", "group_key")
  WHERE "group_key" IS NOT NULL AND "read_at" IS NULL AND "deleted_at" IS NULL;
