import type { Database, Prisma, Transaction } from "@mgs/db/client";

/** A comment as it stands in the database. */
export type CommentRow = {
  id: string;
  subjectType: string;
  subjectId: string;
  discussion: string;
  threadId: string | null;
  parentId: string | null;
  authorId: number;
  content: string;
  mentions: string[];
  createdAt: Date;
  updatedAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
  deletedBy: number | null;
  hiddenAt: Date | null;
  hiddenReason: string;
  resolvedAt: Date | null;
  resolvedBy: number | null;
  place: bigint;
  seq: bigint;
  reactions: { userId: number; emoji: string }[];
};

const WITH_REACTIONS = {
  reactions: { select: { userId: true, emoji: true }, orderBy: [{ emoji: "asc" }, { userId: "asc" }] },
} satisfies Prisma.CommentInclude;

type Reader = Database | Transaction;

/** Finds a comment of one record. */
export function findComment(
  database: Reader,
  subject: { type: string; id: string },
  commentId: string,
): Promise<CommentRow | null> {
  return database.comment.findFirst({
    where: { id: commentId, subjectType: subject.type, subjectId: subject.id },
    include: WITH_REACTIONS,
  });
}

/** Where some comments of a record stand, and who has written them. */
export const findPlaces = (
  database: Reader,
  subject: { type: string; id: string },
  ids: readonly string[],
): Promise<Pick<CommentRow, "id" | "authorId" | "threadId">[]> =>
  database.comment.findMany({
    where: { id: { in: [...ids] }, subjectType: subject.type, subjectId: subject.id },
    select: { id: true, authorId: true, threadId: true },
  });

export function findCommentById(database: Reader, id: string): Promise<CommentRow | null> {
  return database.comment.findUnique({ where: { id }, include: WITH_REACTIONS });
}

/** Lets nobody else change a comment until the transaction is over. */
export async function lockComment(tx: Transaction, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM comments WHERE id = ${id}::uuid FOR UPDATE`;
}

/** Lets one person write one comment at a time, so that a repetition finds the first. */
export async function lockAuthor(tx: Transaction, authorId: number): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`comments:${authorId}`}, 0))`;
}

export async function insertComment(tx: Transaction, data: Prisma.CommentUncheckedCreateInput): Promise<void> {
  await tx.comment.create({ data });
}

export async function updateComment(
  tx: Transaction,
  id: string,
  data: Prisma.CommentUncheckedUpdateInput,
): Promise<void> {
  await tx.comment.update({ where: { id }, data });
}

/** Comments of a discussion, the newest first. */
export function findPage(
  database: Reader,
  discussion: string,
  { before, skip, limit }: { before?: number | undefined; skip: number; limit: number },
): Promise<CommentRow[]> {
  return database.comment.findMany({
    where: { discussion, ...(before === undefined ? {} : { place: { lt: before } }) },
    orderBy: { place: "desc" },
    skip,
    take: limit,
    include: WITH_REACTIONS,
  });
}

export const countComments = (database: Reader, discussion: string): Promise<number> =>
  database.comment.count({ where: { discussion } });

/** Comments that changed after a number, in the order of their changes. */
export function findChangedAfter(
  database: Reader,
  discussion: string,
  after: number,
  limit: number,
): Promise<CommentRow[]> {
  return database.comment.findMany({
    where: { discussion, seq: { gt: after } },
    orderBy: { seq: "asc" },
    take: limit,
    include: WITH_REACTIONS,
  });
}

/** @returns false when it stood there already */
export async function insertReaction(
  tx: Transaction,
  row: Prisma.CommentReactionUncheckedCreateInput,
): Promise<boolean> {
  const { count } = await tx.commentReaction.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
}

/** @returns false when there was none */
export async function deleteReaction(
  tx: Transaction,
  row: { commentId: string; userId: number; emoji: string },
): Promise<boolean> {
  const { count } = await tx.commentReaction.deleteMany({ where: row });
  return count === 1;
}

/** Empties comments that were deleted long ago; their places stay. */
export async function emptyDeleted(database: Database, retentionSeconds: number, limit: number): Promise<number> {
  return database.$executeRaw`
    UPDATE comments SET content = '', mentions = '{}' WHERE id IN (
      SELECT id FROM comments WHERE deleted_at < now() - make_interval(secs => ${retentionSeconds}) AND content <> '' LIMIT ${limit})`;
}
