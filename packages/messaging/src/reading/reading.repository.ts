import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import { MAX_COUNTED } from "../contract/conversation";
import { HAS_UNREAD } from "../conversations/conversations.repository";

type Reader = Database | Transaction;

/**
 * Messages of others that a member sees and has not read. It is the one count of what is unread: lists, the header, notifications and the
 * repair job all read it from the rows themselves.
 */
const UNREAD = Prisma.sql`(
  SELECT count(*)::int FROM (
    SELECT FROM messages x WHERE x.conversation_id = m.conversation_id AND x.place > GREATEST(m.read_place, m.from_place)
      AND x.author_id <> m.user_id AND x.kind = 'text' AND x.deleted_at IS NULL
    LIMIT ${MAX_COUNTED}) AS unread)`;

/** Counts what somebody has not read in some conversations, each up to `MAX_COUNTED`. */
export async function countUnreadIn(
  database: Reader,
  userId: number,
  conversationIds: readonly number[],
): Promise<Map<number, number>> {
  const rows = await database.$queryRaw<{ id: number; count: number }[]>`
    SELECT m.conversation_id AS id, ${UNREAD} AS count FROM conversation_members m
    WHERE m.user_id = ${userId} AND m.conversation_id = ANY (${[...conversationIds]}::int[])`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}

export type UnreadConversation = {
  id: number;
  count: number;
  subjectType: string | null;
  subjectId: string | null;
};

/** Somebody's conversations with unread messages that are not muted, up to `limit`. */
export function findUnread(database: Database, userId: number, limit: number): Promise<UnreadConversation[]> {
  return database.$queryRaw<UnreadConversation[]>`
    SELECT c.id, c.subject_type AS "subjectType", c.subject_id AS "subjectId", ${UNREAD} AS count
    FROM conversation_members m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.user_id = ${userId} AND NOT m.muted AND ${HAS_UNREAD}
    ORDER BY c.last_at DESC LIMIT ${limit}`;
}

/** What no notification has told a member of: when its oldest message came, and the place of its newest. */
export type UnreadMember = { userId: number; oldest: Date; newest: number };

/**
 * The members of a conversation, without those who have muted it, who have something unread that no notification has told them of. What
 * they were told of is not read again: a long unread conversation costs what is new in it.
 */
export async function findUntold(database: Reader, conversationId: number): Promise<UnreadMember[]> {
  return database.$queryRaw<UnreadMember[]>`
    SELECT m.user_id AS "userId", n.oldest, n.newest
    FROM conversation_members m
    JOIN conversations c ON c.id = m.conversation_id
    CROSS JOIN LATERAL (
      SELECT min(x.created_at) AS oldest, max(x.place)::int AS newest FROM messages x
      WHERE x.conversation_id = m.conversation_id AND x.place > GREATEST(m.read_place, m.from_place, m.told_place)
        AND x.author_id <> m.user_id AND x.kind = 'text' AND x.deleted_at IS NULL) n
    WHERE m.conversation_id = ${conversationId} AND NOT m.muted AND c.last_place > GREATEST(m.read_place, m.told_place)
      AND n.oldest IS NOT NULL`;
}

/** Notes that a notification told somebody of everything up to a place. */
export async function noteTold(tx: Transaction, conversationId: number, userId: number, place: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE conversation_members SET told_place = ${place}
    WHERE conversation_id = ${conversationId} AND user_id = ${userId} AND told_place < ${place}`;
}

/**
 * Notes up to which place somebody has read.
 * @param back true to go back, so that what comes after it is unread again
 * @returns false when it stood so already
 */
export async function setReadPlace(
  database: Reader,
  conversationId: number,
  userId: number,
  place: number,
  { back }: { back: boolean },
): Promise<boolean> {
  const changed = await database.$executeRaw`
    UPDATE conversation_members SET read_place = ${place}
    WHERE conversation_id = ${conversationId} AND user_id = ${userId}
      AND ${back ? Prisma.sql`read_place > ${place}` : Prisma.sql`read_place < ${place}`}`;
  return changed > 0;
}

/** The place of the oldest message of others that somebody has not read; null without one. */
export async function findFirstUnread(
  database: Reader,
  conversationId: number,
  userId: number,
): Promise<number | null> {
  const [row] = await database.$queryRaw<{ place: number }[]>`
    SELECT x.place::int AS place FROM conversation_members m JOIN messages x ON x.conversation_id = m.conversation_id
    WHERE m.conversation_id = ${conversationId} AND m.user_id = ${userId} AND x.place > GREATEST(m.read_place, m.from_place)
      AND x.author_id <> m.user_id AND x.kind = 'text' AND x.deleted_at IS NULL
    ORDER BY x.place LIMIT 1`;
  return row?.place ?? null;
}
