CREATE INDEX "outbox_finished" ON "outbox"("finished_at") WHERE "state" = 'sent';
DROP INDEX "outbox_queue_finished";
DROP INDEX "outbox_kind_dead";
DROP INDEX "outbox_queue_dead";
CREATE INDEX "outbox_due" ON "outbox"("available_at") WHERE "state" IN ('pending', 'leased');
DROP INDEX "outbox_queue_due";
DROP TABLE "queue_pauses";
