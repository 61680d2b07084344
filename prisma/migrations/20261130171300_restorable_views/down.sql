DELETE FROM "saved_views" WHERE "deleted_at" IS NOT NULL;
DROP INDEX "saved_views_deleted_at_idx";
DROP INDEX "saved_views_list_owner_id_idx";
DROP INDEX "saved_views_list_owner_id_name_key";
CREATE UNIQUE INDEX "saved_views_list_owner_id_name_key" ON "saved_views" ("list", "owner_id", "name");
ALTER TABLE "saved_views" DROP COLUMN "deleted_at";
