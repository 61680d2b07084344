import type { Database, Transaction } from "@mgs/db/client";

/** Whose a notification is; null when there is none. */
export async function findRecipientId(
  database: Database,
  id: string,
): Promise<{ userId: number; deleted: boolean } | null> {
  const row = await database.notification.findUnique({ where: { id }, select: { userId: true, deletedAt: true } });
  return row && { userId: row.userId, deleted: row.deletedAt !== null };
}

/** Counts a person's unread notifications up to `limit`. */
export async function countUnreadUpTo(database: Database, userId: number, limit: number): Promise<number> {
  const rows = await database.$queryRaw<{ unread: number }[]>`
    SELECT count(*)::int AS unread FROM (
      SELECT FROM notifications WHERE user_id = ${userId} AND deleted_at IS NULL AND archived_at IS NULL
        AND read_at IS NULL LIMIT ${limit}) AS counted`;
  return rows[0]?.unread ?? 0;
}

/** A person's unread notifications, newest first. */
export async function readUnread(
  database: Database,
  userId: number,
  limit: number,
): Promise<{ id: string; title: string }[]> {
  return database.$queryRaw<{ id: string; title: string }[]>`
    SELECT id::text, titre AS title FROM notifications
    WHERE user_id = ${userId} AND deleted_at IS NULL AND archived_at IS NULL AND read_at IS NULL
    ORDER BY id DESC LIMIT ${limit}`;
}

/**
 * Moves unread notifications, oldest first, from one inbox to another: there each gets its own next number. The old inbox forgets
 * its past, so that a client of it loads it anew. Both inboxes are locked in the order of their people.
 * @returns the ids, and the state of the new inbox
 */
export async function moveUnread(
  tx: Transaction,
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<{ ids: string[]; seq: number; unreadCount: number }> {
  await tx.$executeRaw`INSERT INTO inboxes (user_id) VALUES (${to}) ON CONFLICT DO NOTHING`;
  await tx.$queryRaw`SELECT user_id FROM inboxes WHERE user_id IN (${from}, ${to}) ORDER BY user_id FOR UPDATE`;
  const rows = await tx.$queryRaw<{ id: string; seq: bigint; unreadCount: number }[]>`
    WITH chosen AS MATERIALIZED (
      SELECT id, row_number() OVER (ORDER BY id) AS nth, count(*) OVER () AS many FROM (
        SELECT id FROM notifications WHERE user_id = ${from} AND deleted_at IS NULL AND archived_at IS NULL
          AND read_at IS NULL ORDER BY id LIMIT ${limit}) AS oldest
    ), total AS (SELECT count(*)::int AS many FROM chosen), old AS (
      UPDATE inboxes SET seq = seq + 1, floor_seq = seq + 1, unread_count = unread_count - total.many
      FROM total WHERE user_id = ${from} AND total.many > 0
    ), new AS (
      UPDATE inboxes SET seq = seq + total.many, unread_count = unread_count + total.many
      FROM total WHERE user_id = ${to} AND total.many > 0 RETURNING seq, unread_count
    )
    UPDATE notifications n SET user_id = ${to}, seq = new.seq - chosen.many + chosen.nth
    FROM chosen, new WHERE n.id = chosen.id
    RETURNING n.id::text, new.seq, new.unread_count AS "unreadCount"`;
  const first = rows[0];
  return { ids: rows.map(({ id }) => id), seq: Number(first?.seq ?? 0), unreadCount: first?.unreadCount ?? 0 };
}
