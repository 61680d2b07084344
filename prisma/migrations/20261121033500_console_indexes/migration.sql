-- The console's list of everything sent: newest first by id (whose first bits are the time), by any filter of the page.
-- docs/query-plans.md has the plans.
CREATE INDEX "notifications_source_id_idx" ON "notifications"("source", "id" DESC);
CREATE INDEX "notifications_type_id_idx" ON "notifications"("type", "id" DESC);
CREATE INDEX "notifications_source_type_id_idx" ON "notifications"("source", "type", "id" DESC);
-- One person's: the inbox's own indexes have the rest, this one what they have deleted. It costs a send nothing.
CREATE INDEX "notifications_user_deleted" ON "notifications"("user_id", "id" DESC) WHERE "deleted_at" IS NOT NULL;

-- By state of delivery: what is open or dead is little, whatever the table holds.
CREATE INDEX "outbox_notification_open" ON "outbox"("notification_id" DESC) WHERE "state" IN ('pending', 'leased') AND "notification_id" IS NOT NULL;
CREATE INDEX "outbox_notification_dead" ON "outbox"("notification_id" DESC) WHERE "state" = 'dead' AND "notification_id" IS NOT NULL;
