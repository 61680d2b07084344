ALTER TABLE "comment_drafts" DROP COLUMN "writer", DROP COLUMN "version";
