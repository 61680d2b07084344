import type { Database, Transaction } from "@mgs/db/client";
import type { MemberRow } from "./conversations.repository";

type Reader = Database | Transaction;

/** Everybody in a conversation, the longest first. */
export function findMembers(database: Reader, conversationId: number): Promise<MemberRow[]> {
  return database.conversationMember.findMany({
    where: { conversationId },
    orderBy: [{ joinedAt: "asc" }, { userId: "asc" }],
  });
}

/** Everybody in these conversations. */
export async function findMembersOf(
  database: Reader,
  conversationIds: readonly number[],
): Promise<Map<number, number[]>> {
  const rows = await database.conversationMember.findMany({
    where: { conversationId: { in: [...conversationIds] } },
    orderBy: [{ joinedAt: "asc" }, { userId: "asc" }],
    select: { conversationId: true, userId: true },
  });
  const members = new Map<number, number[]>();
  for (const { conversationId, userId } of rows)
    members.set(conversationId, [...(members.get(conversationId) ?? []), userId]);
  return members;
}

/** Adds people who are not in it yet. @returns those who were added */
export async function insertMembers(
  tx: Transaction,
  conversationId: number,
  userIds: readonly number[],
  { fromPlace, readPlace, at }: { fromPlace: number; readPlace: number; at: Date },
): Promise<number[]> {
  const rows = await tx.conversationMember.createManyAndReturn({
    data: userIds.map((userId) => ({
      ...{ conversationId, userId, joinedAt: at, fromPlace, readPlace, toldPlace: readPlace },
    })),
    skipDuplicates: true,
    select: { userId: true },
  });
  return rows.map(({ userId }) => userId);
}

/** @returns false when they were not in it */
export async function deleteMember(tx: Transaction, conversationId: number, userId: number): Promise<boolean> {
  const { count } = await tx.conversationMember.deleteMany({ where: { conversationId, userId } });
  return count > 0;
}

/** Keeps somebody in a conversation until the transaction is over. @returns false when they are not in it */
export async function lockMembership(tx: Transaction, conversationId: number, userId: number): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM conversation_members WHERE conversation_id = ${conversationId} AND user_id = ${userId} FOR KEY SHARE`;
  return rows.length > 0;
}

/**
 * Lets nobody else change a conversation until the transaction is over. It locks no row: a message that is written meanwhile has the
 * conversation's number first and its rows then, and so does whoever writes a line of a change.
 */
export async function lockConversation(tx: Transaction, conversationId: number): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`conversation:${conversationId}`}, 0))`;
}

export type PersonalChange = {
  muted?: boolean;
  /** What comes after it rings their bell. */
  toldPlace?: bigint;
  pinnedAt?: Date | null;
  archivedPlace?: bigint | null;
};

export async function updateMember(
  database: Reader,
  conversationId: number,
  userId: number,
  data: PersonalChange,
): Promise<void> {
  await database.conversationMember.updateMany({ where: { conversationId, userId }, data });
}

/** The highest place from which one of its people does not see what came before: what is older is not for everybody. */
export async function findClosedPlace(database: Reader, conversationId: number): Promise<number> {
  const { _max } = await database.conversationMember.aggregate({
    where: { conversationId },
    _max: { fromPlace: true },
  });
  return Number(_max.fromPlace ?? 0);
}
