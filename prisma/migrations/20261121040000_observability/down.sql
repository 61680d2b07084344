DROP INDEX "user_sessions_live";
ALTER TABLE "outbox" DROP COLUMN "traceparent";
-- With the column goes what tells our own accounts from people, so they go first.
DELETE FROM "users" WHERE "hidden";
ALTER TABLE "users" DROP COLUMN "hidden";
DROP TABLE "canary_runs";
DROP TABLE "process_heartbeats";
