-- A view that was deleted can be restored for 30 days. Its name is free meanwhile.
ALTER TABLE "saved_views" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);
DROP INDEX "saved_views_list_owner_id_name_key";
CREATE UNIQUE INDEX "saved_views_list_owner_id_name_key" ON "saved_views" ("list", "owner_id", "name") WHERE "deleted_at" IS NULL;
CREATE INDEX "saved_views_list_owner_id_idx" ON "saved_views" ("list", "owner_id");
CREATE INDEX "saved_views_deleted_at_idx" ON "saved_views" ("deleted_at");
