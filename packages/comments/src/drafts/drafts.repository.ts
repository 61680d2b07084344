import type { Database, Transaction } from "@mgs/db/client";

export type DraftRow = { place: string; content: string; mentions: string[]; updatedAt: Date };
type Owner = { userId: number; subjectType: string; subjectId: string };

export function findDrafts(database: Database, owner: Owner, limit: number): Promise<DraftRow[]> {
  return database.commentDraft.findMany({
    where: owner,
    orderBy: { updatedAt: "desc" },
    take: limit,
    select: { place: true, content: true, mentions: true, updatedAt: true },
  });
}

export const countDrafts = (database: Database, owner: Owner): Promise<number> =>
  database.commentDraft.count({ where: owner });

export async function saveDraft(database: Database, owner: Owner, { place, ...draft }: DraftRow): Promise<void> {
  await database.commentDraft.upsert({
    where: { userId_subjectType_subjectId_place: { ...owner, place } },
    create: { ...owner, place, ...draft },
    update: draft,
  });
}

export async function deleteDraft(database: Database, owner: Owner, place: string): Promise<void> {
  await database.commentDraft.deleteMany({ where: { ...owner, place } });
}

/** Deletes the draft that has become a comment; what was typed since then stays. */
export async function deleteSentDraft(
  tx: Transaction,
  { userId, subjectType, subjectId }: Owner,
  place: string,
  content: string,
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM comment_drafts WHERE user_id = ${userId} AND subject_type = ${subjectType} AND subject_id = ${subjectId}
      AND place = ${place} AND btrim(content, E' \\t\\r\\n') = ${content}`;
}

/** Deletes drafts that nobody has touched for long. */
export async function purgeDrafts(database: Database, retentionSeconds: number, limit: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM comment_drafts WHERE (user_id, subject_type, subject_id, place) IN (
      SELECT user_id, subject_type, subject_id, place FROM comment_drafts
      WHERE updated_at < now() - make_interval(secs => ${retentionSeconds}) LIMIT ${limit})`;
}
