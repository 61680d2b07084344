DROP TABLE "audit_keys";

ALTER TABLE "audit_events"
  DROP COLUMN "request_id",
  DROP COLUMN "client_id",
  DROP COLUMN "user_session_id",
  DROP COLUMN "ip",
  DROP COLUMN "user_id",
  DROP COLUMN "subject_type";
