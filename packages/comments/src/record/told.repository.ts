import type { Database, Transaction } from "@mgs/db/client";

/** Who was told already that a comment names them. */
export async function findTold(database: Database | Transaction, commentId: string): Promise<Set<number>> {
  const rows = await database.commentMention.findMany({ where: { commentId }, select: { userId: true } });
  return new Set(rows.map(({ userId }) => userId));
}

export async function insertTold(tx: Transaction, commentId: string, userIds: readonly number[]): Promise<void> {
  await tx.commentMention.createMany({
    data: userIds.map((userId) => ({ commentId, userId })),
    skipDuplicates: true,
  });
}
