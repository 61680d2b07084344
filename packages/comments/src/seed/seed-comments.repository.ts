import type { Database, Prisma, Transaction } from "@mgs/db/client";

/** Rows of a demonstration. */
export type CommentSeed = {
  threads: Prisma.CommentThreadCreateManyInput[];
  threadPeople: Prisma.CommentThreadPersonCreateManyInput[];
  comments: Prisma.CommentCreateManyInput[];
  reactions: Prisma.CommentReactionCreateManyInput[];
  mentions: Prisma.CommentMentionCreateManyInput[];
  reports: Prisma.CommentReportCreateManyInput[];
  words: Prisma.CommentWordCreateManyInput[];
};

export async function insertCommentSeed(tx: Transaction, seed: CommentSeed): Promise<void> {
  await tx.commentThread.createMany({ data: seed.threads });
  await tx.commentThreadPerson.createMany({ data: seed.threadPeople, skipDuplicates: true });
  await tx.comment.createMany({ data: seed.comments });
  await tx.commentReaction.createMany({ data: seed.reactions, skipDuplicates: true });
  await tx.commentMention.createMany({ data: seed.mentions, skipDuplicates: true });
  await tx.commentReport.createMany({ data: seed.reports });
  await tx.commentWord.createMany({ data: seed.words, skipDuplicates: true });
}

/** Writes so many comments on each of some dossiers, by words that stand in others: for measures of a large office. */
export async function multiplyComments(
  database: Database | Transaction,
  { first, last, each }: { first: number; last: number; each: number },
): Promise<void> {
  await database.$executeRaw`
    WITH texts AS (
      SELECT content, author_id, row_number() OVER () - 1 AS n FROM (
        SELECT content, author_id FROM comments
        WHERE content <> '' AND deleted_at IS NULL AND thread_id IS NULL ORDER BY id LIMIT 1000) sample)
    INSERT INTO comments (id, subject_type, subject_id, discussion, author_id, content, created_at, updated_at, place, seq)
    SELECT gen_random_uuid(), 'dossier', d::text, 'dossier:' || d, t.author_id, t.content, at, at, place, place
    FROM generate_series(${first}::int, ${last}::int) d
    CROSS JOIN generate_series(1, ${each}::int) place
    JOIN texts t ON t.n = (d * 7 + place) % (SELECT count(*) FROM texts)
    CROSS JOIN LATERAL (SELECT now() - make_interval(mins => (d % 900000) + 10 - place) AS at) times`;
}
