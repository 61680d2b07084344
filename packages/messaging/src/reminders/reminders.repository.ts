import type { Database, Transaction } from "@mgs/db/client";

export type ReminderRow = { userId: number; messageId: string; remindAt: Date };

export async function saveReminder(database: Database, { userId, messageId, remindAt }: ReminderRow): Promise<void> {
  await database.messageReminder.upsert({
    where: { userId_messageId: { userId, messageId } },
    create: { userId, messageId, remindAt },
    update: { remindAt },
  });
}

export async function deleteReminder(database: Database, userId: number, messageId: string): Promise<void> {
  await database.messageReminder.deleteMany({ where: { userId, messageId } });
}

/** Somebody's reminders, the next first. */
export function findReminders(database: Database, userId: number, limit: number): Promise<ReminderRow[]> {
  return database.messageReminder.findMany({ where: { userId }, orderBy: { remindAt: "asc" }, take: limit });
}

export const countReminders = (database: Database, userId: number, { without }: { without: string }): Promise<number> =>
  database.messageReminder.count({ where: { userId, messageId: { not: without } } });

/** Takes reminders away whose time has come. @returns those taken away */
export function takeDueReminders(
  tx: Transaction,
  now: Date,
  limit: number,
): Promise<{ userId: number; messageId: string; conversationId: number }[]> {
  return tx.$queryRaw<{ userId: number; messageId: string; conversationId: number }[]>`
    DELETE FROM message_reminders r USING messages m
    WHERE m.id = r.message_id AND (r.user_id, r.message_id) IN (
      SELECT user_id, message_id FROM message_reminders WHERE remind_at <= ${now} ORDER BY remind_at LIMIT ${limit}
      FOR UPDATE SKIP LOCKED)
    RETURNING r.user_id AS "userId", r.message_id AS "messageId", m.conversation_id AS "conversationId"`;
}
