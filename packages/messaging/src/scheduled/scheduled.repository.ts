import type { Database, Transaction } from "@mgs/db/client";

type Reader = Database | Transaction;

export type ScheduledRow = {
  id: string;
  conversationId: number;
  authorId: number;
  content: string;
  mentions: string[];
  replyTo: string | null;
  sendAt: Date;
  createdAt: Date;
  refusal: string | null;
};

export function findScheduled(database: Reader, authorId: number, conversationId?: number): Promise<ScheduledRow[]> {
  return database.scheduledMessage.findMany({
    where: { authorId, ...(conversationId === undefined ? {} : { conversationId }) },
    orderBy: [{ sendAt: "asc" }, { id: "asc" }],
  });
}

export function findScheduledById(database: Reader, id: string): Promise<ScheduledRow | null> {
  return database.scheduledMessage.findUnique({ where: { id } });
}

export const countScheduled = (database: Reader, authorId: number): Promise<number> =>
  database.scheduledMessage.count({ where: { authorId } });

export async function insertScheduled(tx: Transaction, row: Omit<ScheduledRow, "refusal">): Promise<void> {
  await tx.scheduledMessage.create({ data: row });
}

/** @returns false when it was sent or taken away meanwhile */
export async function updateScheduled(
  tx: Transaction,
  id: string,
  data: Partial<Pick<ScheduledRow, "content" | "mentions" | "sendAt" | "refusal">>,
): Promise<boolean> {
  const { count } = await tx.scheduledMessage.updateMany({ where: { id }, data });
  return count > 0;
}

/** @returns false when it was sent or taken away meanwhile */
export async function deleteScheduled(tx: Transaction, id: string): Promise<boolean> {
  const { count } = await tx.scheduledMessage.deleteMany({ where: { id } });
  return count > 0;
}

/** Locks the message that is due the longest and of none of these authors, so that nobody else sends it; null: none is. */
export async function lockDue(tx: Transaction, now: Date, without: Iterable<number>): Promise<ScheduledRow | null> {
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM scheduled_messages WHERE send_at <= ${now} AND refusal IS NULL AND author_id <> ALL (${[...without]}::int[])
    ORDER BY send_at, id LIMIT 1
    FOR UPDATE SKIP LOCKED`;
  return found ? findScheduledById(tx, found.id) : null;
}
