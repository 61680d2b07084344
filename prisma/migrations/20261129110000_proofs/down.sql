ALTER TABLE "user_sessions" DROP COLUMN "auth_method", DROP COLUMN "proved_at", DROP COLUMN "removed_at";
