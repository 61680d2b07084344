import type { Database, Prisma, Transaction } from "@mgs/db/client";
import type { MessageKind } from "../contract/message";

type Reader = Database | Transaction;

/** A message as it stands in the database. */
export type MessageRow = {
  id: string;
  conversationId: number;
  kind: MessageKind;
  authorId: number;
  content: string;
  mentions: string[];
  details: { user_ids?: number[]; name?: string; history?: boolean };
  replyTo: string | null;
  attachments: number;
  createdAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
  place: number;
  seq: number;
  reactions: { userId: number; emoji: string }[];
};

const WITH_REACTIONS = {
  reactions: { select: { userId: true, emoji: true }, orderBy: [{ emoji: "asc" }, { userId: "asc" }] },
} satisfies Prisma.MessageInclude;

type Stored = Prisma.MessageGetPayload<{ include: typeof WITH_REACTIONS }>;

const toRow = ({ kind, details, place, seq, ...row }: Stored): MessageRow => ({
  ...row,
  kind: kind as MessageKind,
  details: details as MessageRow["details"],
  place: Number(place),
  seq: Number(seq),
});

/** The name of conversations among the streams of numbers. */
export const MESSAGE_STREAM = "messages";

export async function findMessageById(database: Reader, id: string): Promise<MessageRow | null> {
  const row = await database.message.findUnique({ where: { id }, include: WITH_REACTIONS });
  return row && toRow(row);
}

/** Finds messages by their ids, in no order. */
export async function findMessagesById(database: Reader, ids: readonly string[]): Promise<MessageRow[]> {
  if (ids.length === 0) return [];
  const rows = await database.message.findMany({ where: { id: { in: [...ids] } }, include: WITH_REACTIONS });
  return rows.map(toRow);
}

/** Lets nobody else change a message until the transaction is over. */
export async function lockMessage(tx: Transaction, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM messages WHERE id = ${id}::uuid FOR UPDATE`;
}

/** Lets one person write one message at a time, so that their limit holds. */
export async function lockAuthor(tx: Transaction, authorId: number): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`messages:${authorId}`}, 0))`;
}

/** The times of a person's last messages, the newest first. */
export async function findLastTimes(tx: Transaction, authorId: number, since: Date, limit: number): Promise<Date[]> {
  const rows = await tx.message.findMany({
    where: { authorId, createdAt: { gt: since }, kind: "text" },
    orderBy: { createdAt: "desc" },
    select: { createdAt: true },
    take: limit,
  });
  return rows.map(({ createdAt }) => createdAt);
}

export async function insertMessage(tx: Transaction, data: Prisma.MessageUncheckedCreateInput): Promise<void> {
  await tx.message.create({ data });
}

export async function updateMessage(
  tx: Transaction,
  id: string,
  data: Prisma.MessageUncheckedUpdateInput,
): Promise<void> {
  await tx.message.update({ where: { id }, data });
}

/** Keeps the text that a message had. */
export async function insertVersion(tx: Transaction, messageId: string, content: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO message_versions (message_id, version, content, replaced_at)
    SELECT ${messageId}::uuid, count(*) + 1, ${content}, ${at} FROM message_versions WHERE message_id = ${messageId}::uuid`;
}

export function findVersions(
  database: Database,
  messageId: string,
): Promise<{ version: number; content: string; replacedAt: Date }[]> {
  return database.messageVersion.findMany({
    where: { messageId },
    orderBy: { version: "asc" },
    select: { version: true, content: true, replacedAt: true },
  });
}

/** Part of a conversation: what stands before, or after, a place. */
type Stretch = { from: number; before?: number | undefined; after?: number | undefined; limit: number };

/** Messages of a conversation that come after `from`; those before a place the newest first, those after one the oldest first. */
export async function findStretch(
  database: Reader,
  conversationId: number,
  { from, before, after, limit }: Stretch,
): Promise<MessageRow[]> {
  const rows = await database.message.findMany({
    where: {
      conversationId,
      place: { gt: Math.max(from, after ?? 0), ...(before === undefined ? {} : { lt: before }) },
    },
    orderBy: { place: after === undefined ? "desc" : "asc" },
    take: limit,
    include: WITH_REACTIONS,
  });
  return rows.map(toRow);
}

/** Messages that changed after a number, in the order of their changes. */
export async function findChangedAfter(
  database: Reader,
  conversationId: number,
  { from, after, limit }: { from: number; after: number; limit: number },
): Promise<MessageRow[]> {
  const rows = await database.message.findMany({
    where: { conversationId, seq: { gt: after }, place: { gt: from } },
    orderBy: { seq: "asc" },
    take: limit,
    include: WITH_REACTIONS,
  });
  return rows.map(toRow);
}

/** The newest message of each conversation that its reader sees. */
export async function findNewest(
  database: Reader,
  conversations: readonly { id: number; from: number }[],
): Promise<Map<number, MessageRow>> {
  if (conversations.length === 0) return new Map();
  const found = await database.$queryRaw<{ id: string }[]>`
    SELECT x.id FROM unnest(${conversations.map(({ id }) => id)}::int[], ${conversations.map(({ from }) => from)}::bigint[])
      AS c(id, from_place)
    CROSS JOIN LATERAL (SELECT id FROM messages WHERE conversation_id = c.id AND place > c.from_place
      ORDER BY place DESC LIMIT 1) x`;
  const rows = await findMessagesById(
    database,
    found.map(({ id }) => id),
  );
  return new Map(rows.map((row) => [row.conversationId, row]));
}

/** @returns false when it stood there already */
export async function insertReaction(
  tx: Transaction,
  row: Prisma.MessageReactionUncheckedCreateInput,
): Promise<boolean> {
  const { count } = await tx.messageReaction.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
}

/** @returns false when there was none */
export async function deleteReaction(
  tx: Transaction,
  row: { messageId: string; userId: number; emoji: string },
): Promise<boolean> {
  const { count } = await tx.messageReaction.deleteMany({ where: row });
  return count === 1;
}

/** Who was told already that a message names them. */
export async function findTold(database: Reader, messageId: string): Promise<Set<number>> {
  const rows = await database.messageMention.findMany({ where: { messageId }, select: { userId: true } });
  return new Set(rows.map(({ userId }) => userId));
}

export async function insertTold(tx: Transaction, messageId: string, userIds: readonly number[]): Promise<void> {
  await tx.messageMention.createMany({ data: userIds.map((userId) => ({ messageId, userId })), skipDuplicates: true });
}

/** Empties messages that were deleted long ago, and what they said before; their places stay. */
export async function emptyDeleted(database: Database, retentionSeconds: number, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH gone AS MATERIALIZED (
      SELECT id FROM messages WHERE deleted_at < now() - make_interval(secs => ${retentionSeconds}) AND content <> '' LIMIT ${limit}
    ), forgotten AS (DELETE FROM message_versions WHERE message_id IN (SELECT id FROM gone))
    UPDATE messages SET content = '', mentions = '{}' WHERE id IN (SELECT id FROM gone)`;
}
