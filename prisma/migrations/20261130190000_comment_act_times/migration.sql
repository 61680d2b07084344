-- When somebody wrote, edited, reacted to or resolved comments within the last minute, on one record and on all of them: the limits of a person
-- hold over all processes, and without Redis.
CREATE TABLE "comment_act_times" (
  "user_id" INTEGER NOT NULL,
  "act" TEXT NOT NULL,
  "place" TEXT NOT NULL,
  "times" TIMESTAMPTZ(3)[],
  "last_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "comment_act_times_pkey" PRIMARY KEY ("user_id", "act", "place")
);
CREATE INDEX "comment_act_times_last_at_idx" ON "comment_act_times" ("last_at");
