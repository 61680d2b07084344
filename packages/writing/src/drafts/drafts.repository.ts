import type { Database, Transaction } from "@mgs/db/client";

export type DraftRow = { place: string; content: string; mentions: string[]; updatedAt: Date };
export type StoredDraft = DraftRow & { version: bigint; writer: string };
/** Who changes a draft, and which version they have seen; without a writer the change counts in any case. */
export type DraftChange = { writer: string; base: number };
type Owner = { userId: number; subjectType: string; subjectId: string };

export function findDrafts(database: Database, owner: Owner, limit: number): Promise<StoredDraft[]> {
  return database.commentDraft.findMany({
    where: owner,
    orderBy: { updatedAt: "desc" },
    take: limit,
    select: { place: true, content: true, mentions: true, updatedAt: true, version: true, writer: true },
  });
}

/** How many drafts somebody has at other places. */
export const countDraftsBeside = (database: Database, owner: Owner, place: string): Promise<number> =>
  database.commentDraft.count({ where: { ...owner, place: { not: place } } });

/** Writes a draft. @returns its version; null when somebody else has changed it since the one that the writer has seen */
export async function saveDraft(
  database: Database,
  { userId, subjectType, subjectId }: Owner,
  { place, content, mentions, updatedAt }: DraftRow,
  { writer, base }: DraftChange,
): Promise<number | null> {
  const [saved] = await database.$queryRaw<{ version: bigint }[]>`
    INSERT INTO comment_drafts AS d (user_id, subject_type, subject_id, place, content, mentions, updated_at, writer)
    VALUES (${userId}, ${subjectType}, ${subjectId}, ${place}, ${content}, ${mentions}, ${updatedAt}, ${writer})
    ON CONFLICT (user_id, subject_type, subject_id, place) DO UPDATE SET
      content = excluded.content, mentions = excluded.mentions, updated_at = excluded.updated_at,
      writer = excluded.writer, version = excluded.version
      WHERE excluded.writer = '' OR d.writer = excluded.writer OR d.version = ${base}
    RETURNING version`;
  return saved ? Number(saved.version) : null;
}

/** Deletes a draft, unless somebody else has changed it since the version that the writer has seen. */
export async function deleteDraft(
  database: Database,
  owner: Owner,
  place: string,
  { writer, base }: DraftChange,
): Promise<void> {
  const seen = writer === "" ? {} : { OR: [{ writer }, { version: base }] };
  await database.commentDraft.deleteMany({ where: { ...owner, place, ...seen } });
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
