import type { Transaction } from "@mgs/db/client";

/** For so long what is new waits for its reader before a notification tells of it. */
export const NOTICE_DELAY_MS = 60_000;

/** Lets a conversation's people be told in a minute of what they have not read by then; one that waits already goes on waiting. */
export async function holdNotice(tx: Transaction, conversationId: number, now: Date): Promise<void> {
  const dueAt = new Date(now.getTime() + NOTICE_DELAY_MS);
  await tx.messageNotice.createMany({ data: [{ conversationId, dueAt }], skipDuplicates: true });
}

/** Locks the conversation whose notice is due the longest, so that nobody else tells of it; null: none is. */
export async function takeDueNotice(tx: Transaction, now: Date): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    DELETE FROM message_notices WHERE conversation_id = (
      SELECT conversation_id FROM message_notices WHERE due_at <= ${now} ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING conversation_id AS id`;
  return row?.id ?? null;
}

/** Lets a notice wait until another time. */
export async function putNoticeBack(tx: Transaction, conversationId: number, dueAt: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO message_notices (conversation_id, due_at) VALUES (${conversationId}, ${dueAt})
    ON CONFLICT (conversation_id) DO UPDATE SET due_at = LEAST(message_notices.due_at, excluded.due_at)`;
}
