import { type Database, Prisma, type Transaction } from "@mgs/db/client";

type Reader = Database | Transaction;

/** A conversation as it stands in the database. */
export type ConversationRow = {
  id: number;
  name: string;
  pair: string | null;
  subjectType: string | null;
  subjectId: string | null;
  createdBy: number;
  createdAt: Date;
  lastPlace: bigint;
  lastAt: Date;
};

/** What a conversation is to one of its people. */
export type MemberRow = {
  conversationId: number;
  userId: number;
  joinedAt: Date;
  fromPlace: bigint;
  readPlace: bigint;
  toldPlace: bigint;
  muted: boolean;
  pinnedAt: Date | null;
  archivedPlace: bigint | null;
};

export type ListedConversation = { conversation: ConversationRow; member: MemberRow };

/** The key of the one free conversation of two people. */
export const pairKey = (one: number, other: number): string => `${Math.min(one, other)}:${Math.max(one, other)}`;

/** Finds a conversation, and what it is to one of its people; null for everybody else. */
export async function findConversationOf(
  database: Reader,
  id: number,
  userId: number,
): Promise<ListedConversation | null> {
  const row = await database.conversationMember.findUnique({
    where: { conversationId_userId: { conversationId: id, userId } },
    include: { conversation: true },
  });
  if (!row) return null;
  const { conversation, ...member } = row;
  return { conversation, member };
}

export function findConversation(database: Reader, id: number): Promise<ConversationRow | null> {
  return database.conversation.findUnique({ where: { id } });
}

export function findPair(database: Reader, pair: string): Promise<ConversationRow | null> {
  return database.conversation.findUnique({ where: { pair } });
}

/** Conversations about a record that somebody is in, the one with the newest message first. */
export function findAbout(
  database: Reader,
  subject: { type: string; id: string },
  userId: number,
  limit: number,
): Promise<ConversationRow[]> {
  return database.conversation.findMany({
    where: { subjectType: subject.type, subjectId: subject.id, members: { some: { userId } } },
    orderBy: [{ lastAt: "desc" }, { id: "desc" }],
    take: limit,
  });
}

/** Of these conversations, those with exactly these people. */
export async function findWithPeople(
  database: Reader,
  ids: readonly number[],
  userIds: readonly number[],
): Promise<number[]> {
  const rows = await database.$queryRaw<{ id: number }[]>`
    SELECT conversation_id AS id FROM conversation_members WHERE conversation_id = ANY (${[...ids]}::int[])
    GROUP BY conversation_id
    HAVING array_agg(user_id ORDER BY user_id) = ${[...userIds].sort((a, b) => a - b)}::int[]`;
  const found = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => found.has(id));
}

type NewConversation = Pick<ConversationRow, "name" | "pair" | "subjectType" | "subjectId" | "createdBy" | "createdAt">;

export async function insertConversation(tx: Transaction, data: NewConversation): Promise<number> {
  const { id } = await tx.conversation.create({ data: { ...data, lastAt: data.createdAt }, select: { id: true } });
  return id;
}

export async function renameTo(tx: Transaction, id: number, name: string): Promise<void> {
  await tx.conversation.update({ where: { id }, data: { name } });
}

/** Notes the place of the newest message; a later one that was noted before stays. */
export async function noteNewest(tx: Transaction, id: number, place: number, at: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE conversations SET last_place = ${place}, last_at = ${at} WHERE id = ${id} AND last_place < ${place}`;
}

/** Which conversations a list has. */
export type ConversationFilter = {
  archived: boolean;
  /** Those with unread messages that are not muted. */
  unread: boolean;
  /** Only these, where a search has found them. */
  ids: readonly number[] | null;
  subject: { type: string; id: string } | null;
};

/** The place in the order of a list: pinned ones first, then by their newest message. */
export type ConversationCursor = { pinned: boolean; lastAt: Date; id: number };

/** It has a message of another person that its reader sees and has not read. */
export const HAS_UNREAD = Prisma.sql`
  c.last_place > m.read_place AND EXISTS (SELECT FROM messages x WHERE x.conversation_id = c.id
    AND x.place > GREATEST(m.read_place, m.from_place) AND x.author_id <> m.user_id AND x.kind = 'text' AND x.deleted_at IS NULL)`;
/** No message has come since it was archived. */
const IS_ARCHIVED = Prisma.sql`COALESCE(m.archived_place >= c.last_place, false)`;

type ListedRow = ConversationRow & Omit<MemberRow, "conversationId">;

/** One page of somebody's conversations. */
export async function findConversations(
  database: Database,
  userId: number,
  { archived, unread, ids, subject }: ConversationFilter,
  { after, limit }: { after: ConversationCursor | null; limit: number },
): Promise<ListedConversation[]> {
  const conditions = [
    Prisma.sql`m.user_id = ${userId}`,
    ...(unread
      ? [Prisma.sql`NOT m.muted AND ${HAS_UNREAD}`]
      : [archived ? IS_ARCHIVED : Prisma.sql`NOT ${IS_ARCHIVED}`]),
    ...(ids === null ? [] : [Prisma.sql`c.id = ANY (${[...ids]}::int[])`]),
    ...(subject === null ? [] : [Prisma.sql`c.subject_type = ${subject.type} AND c.subject_id = ${subject.id}`]),
    ...(after === null
      ? []
      : [
          Prisma.sql`(m.pinned_at IS NOT NULL, c.last_at, c.id) < (${after.pinned}::boolean, ${after.lastAt}::timestamptz, ${after.id}::int)`,
        ]),
  ];
  const rows = await database.$queryRaw<ListedRow[]>`
    SELECT c.id, c.name, c.pair, c.subject_type AS "subjectType", c.subject_id AS "subjectId", c.created_by AS "createdBy",
      c.created_at AS "createdAt", c.last_place AS "lastPlace", c.last_at AS "lastAt", m.user_id AS "userId",
      m.joined_at AS "joinedAt", m.from_place AS "fromPlace", m.read_place AS "readPlace", m.told_place AS "toldPlace", m.muted,
      m.pinned_at AS "pinnedAt", m.archived_place AS "archivedPlace"
    FROM conversation_members m JOIN conversations c ON c.id = m.conversation_id
    WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY (m.pinned_at IS NOT NULL) DESC, c.last_at DESC, c.id DESC LIMIT ${limit}`;
  return rows.map(
    ({ userId: of, joinedAt, fromPlace, readPlace, toldPlace, muted, pinnedAt, archivedPlace, ...conversation }) => ({
      conversation,
      member: {
        ...{ conversationId: conversation.id, userId: of, joinedAt, fromPlace, readPlace, toldPlace, muted, pinnedAt },
        archivedPlace,
      },
    }),
  );
}

/** Of somebody's conversations, those with one of these people or with these words in their name. */
export async function matchConversations(
  database: Database,
  userId: number,
  { userIds, words }: { userIds: readonly number[]; words: string },
  limit: number,
): Promise<number[]> {
  const rows = await database.$queryRaw<{ id: number }[]>`
    SELECT c.id FROM conversation_members m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.user_id = ${userId} AND (
      EXISTS (SELECT FROM conversation_members o WHERE o.conversation_id = c.id AND o.user_id = ANY (${[...userIds]}::int[])
        AND o.user_id <> m.user_id)
      OR (c.name <> '' AND record_words(c.name) @@ to_tsquery('simple', ${words})))
    ORDER BY c.last_at DESC LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}
