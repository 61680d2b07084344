import type { Database } from "@mgs/db/client";

/**
 * Deletes a person's notifications that are older than `maxAgeSeconds`, and counts the unread ones anew. It announces
 * nothing: it serves accounts that no person reads, such as the canary's.
 */
export async function trimInbox(database: Database, userId: number, maxAgeSeconds: number): Promise<void> {
  await database.$executeRaw`
    DELETE FROM "notifications" WHERE "user_id" = ${userId}::int
      AND "created_at" < now() - ${maxAgeSeconds}::int * interval '1 second'`;
  await database.$executeRaw`
    UPDATE "inboxes" SET "unread_count" = (SELECT count(*) FROM "notifications" WHERE "user_id" = ${userId}::int
      AND "deleted_at" IS NULL AND "archived_at" IS NULL AND "read_at" IS NULL)
    WHERE "user_id" = ${userId}::int`;
}
