-- A row is a queue that delivers nothing until somebody resumes it. In PostgreSQL: a pause outlives Redis.
CREATE TABLE "queue_pauses" (
  "queue" TEXT NOT NULL,
  "paused_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "paused_by" TEXT NOT NULL,
  CONSTRAINT "queue_pauses_pkey" PRIMARY KEY ("queue"),
  CONSTRAINT "queue_pauses_queue" CHECK ("queue" IN ('notifications', 'emails', 'broadcasts', 'default'))
);

-- The sweep asks for each queue: a million rows of one, paused or slow, are not in the way of the others.
CREATE INDEX "outbox_queue_due" ON "outbox"("queue", "available_at") WHERE "state" IN ('pending', 'leased');
DROP INDEX "outbox_due";
-- Dead letters by what an administrator filters by; a row that does not die costs them nothing.
CREATE INDEX "outbox_queue_dead" ON "outbox"("queue", "id" DESC) WHERE "state" = 'dead';
CREATE INDEX "outbox_kind_dead" ON "outbox"("kind", "id" DESC) WHERE "state" = 'dead';
-- Throughput of each queue; what was sent is purged in the order of its end, queue by queue.
CREATE INDEX "outbox_queue_finished" ON "outbox"("queue", "finished_at") WHERE "state" = 'sent';
DROP INDEX "outbox_finished";
