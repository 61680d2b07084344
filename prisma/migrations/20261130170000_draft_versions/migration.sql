-- Which of two devices has the newer draft: their clocks may be wrong, so each change gets a number. The device names the number that it has
-- seen, and does not overwrite what another has typed since.
ALTER TABLE "comment_drafts" ADD COLUMN "version" BIGSERIAL NOT NULL,
  ADD COLUMN "writer" TEXT NOT NULL DEFAULT '';
