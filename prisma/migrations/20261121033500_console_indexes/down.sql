DROP INDEX "outbox_notification_dead";
DROP INDEX "outbox_notification_open";
DROP INDEX "notifications_user_deleted";
DROP INDEX "notifications_source_type_id_idx";
DROP INDEX "notifications_type_id_idx";
DROP INDEX "notifications_source_id_idx";
