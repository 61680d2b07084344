import type { Database, Transaction } from "@mgs/db/client";
import type { RecordRef } from "@mgs/records/changes/changes.repository";

export type DocumentRow = {
  id: string;
  subjectType: string;
  subjectId: string;
  slot: string | null;
  name: string;
  currentVersion: number;
  createdBy: number;
  createdAt: Date;
  deletedAt: Date | null;
  deletedBy: number | null;
};

export type VersionRow = {
  id: string;
  documentId: string;
  version: number;
  name: string;
  mediaType: string;
  bytes: bigint;
  sha256: string;
  uploadedBy: number;
  uploadedAt: Date;
  scan: string;
  thumbnail: string;
  missingAt: Date | null;
};

export type DocumentWithVersions = DocumentRow & { versions: VersionRow[] };

const ofRecord = ({ type, id }: RecordRef) => ({ subjectType: type, subjectId: id });
const NEWEST_FIRST = { versions: { orderBy: { version: "desc" } } } as const;

/** Documents of a record, by name. @param deleted whether those that can be restored are meant */
export async function findDocuments(
  database: Database | Transaction,
  record: RecordRef,
  { deleted = false, limit }: { deleted?: boolean; limit: number },
): Promise<DocumentWithVersions[]> {
  return database.document.findMany({
    where: { ...ofRecord(record), deletedAt: deleted ? { not: null } : null },
    include: NEWEST_FIRST,
    orderBy: { id: "asc" },
    take: limit,
  });
}

export async function findDocument(
  database: Database | Transaction,
  record: RecordRef,
  id: string,
): Promise<DocumentWithVersions | null> {
  return database.document.findFirst({ where: { ...ofRecord(record), id }, include: NEWEST_FIRST });
}

/** @param slot counts those of one place */
export async function countDocuments(
  database: Database | Transaction,
  record: RecordRef,
  slot?: string,
): Promise<number> {
  return database.document.count({
    where: { ...ofRecord(record), deletedAt: null, ...(slot === undefined ? {} : { slot }) },
  });
}

/** The documents in some places of a record that are not deleted, in the order in which they came. */
export async function findDocumentsIn(
  database: Database | Transaction,
  record: RecordRef,
  slots: readonly string[],
): Promise<DocumentWithVersions[]> {
  return database.document.findMany({
    where: { ...ofRecord(record), slot: { in: [...slots] }, deletedAt: null },
    include: NEWEST_FIRST,
    orderBy: { id: "asc" },
  });
}

/** Deletes the documents in a place of a record; they can be restored by who may. */
export async function deleteDocumentsIn(
  tx: Transaction,
  record: RecordRef,
  slot: string,
  { at, by }: { at: Date; by: number },
): Promise<void> {
  await tx.document.updateMany({
    where: { ...ofRecord(record), slot, deletedAt: null },
    data: { deletedAt: at, deletedBy: by },
  });
}

/** Locks a document until the transaction is over; null: the record has none with this id. */
export async function lockDocument(tx: Transaction, record: RecordRef, id: string): Promise<DocumentRow | null> {
  await tx.$queryRaw`SELECT 1 FROM documents WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.document.findFirst({ where: { ...ofRecord(record), id } });
}

type NewVersion = Omit<VersionRow, "missingAt">;

export async function insertDocument(
  tx: Transaction,
  record: RecordRef,
  document: Pick<DocumentRow, "id" | "slot" | "name" | "createdBy" | "createdAt">,
): Promise<void> {
  await tx.document.create({ data: { ...ofRecord(record), ...document } });
}

export async function insertVersion(tx: Transaction, version: NewVersion): Promise<void> {
  await tx.documentVersion.create({ data: { ...version, checkedAt: version.uploadedAt } });
}

export async function setCurrentVersion(tx: Transaction, id: string, version: number, name: string): Promise<void> {
  await tx.document.update({ where: { id }, data: { currentVersion: version, name } });
}

/** @param deletion null restores it */
export async function setDeleted(
  tx: Transaction,
  id: string,
  deletion: { at: Date; by: number } | null,
): Promise<void> {
  await tx.document.update({
    where: { id },
    data: { deletedAt: deletion?.at ?? null, deletedBy: deletion?.by ?? null },
  });
}

/** A version with its document. */
export async function findVersion(
  database: Database | Transaction,
  id: string,
): Promise<(VersionRow & { document: DocumentRow }) | null> {
  return database.documentVersion.findUnique({ where: { id }, include: { document: true } });
}

/** Marks files of some types, stored when these had no small pictures, as waiting for one. @returns their ids */
export async function claimUndrawn(tx: Transaction, mediaTypes: readonly string[], limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE document_versions SET thumbnail = 'pending' WHERE id = ANY(ARRAY(
      SELECT id FROM document_versions
      WHERE thumbnail = 'none' AND media_type = ANY(${[...mediaTypes]}::text[])
        AND scan IN ('none', 'clean') AND missing_at IS NULL
      LIMIT ${limit} FOR UPDATE SKIP LOCKED))
    RETURNING id::text`;
  return rows.map(({ id }) => id);
}

/** @returns false when somebody else has noted a result */
export async function setThumbnail(tx: Transaction, id: string, thumbnail: "ready" | "failed"): Promise<boolean> {
  const { count } = await tx.documentVersion.updateMany({ where: { id, thumbnail: "pending" }, data: { thumbnail } });
  return count > 0;
}

/** @returns false when somebody else has noted a result */
export async function setScan(tx: Transaction, id: string, scan: "clean" | "infected"): Promise<boolean> {
  const { count } = await tx.documentVersion.updateMany({ where: { id, scan: "pending" }, data: { scan } });
  return count > 0;
}

/** Deletes documents whose time to be restored is over. @returns ids of their versions, whose files are to be removed */
export async function purgeDeleted(database: Database, before: Date, limit: number): Promise<string[]> {
  return database.$transaction(async (tx) => {
    const documents = await tx.document.findMany({
      where: { deletedAt: { lt: before } },
      select: { id: true, versions: { select: { id: true } } },
      take: limit,
    });
    await tx.document.deleteMany({ where: { id: { in: documents.map(({ id }) => id) }, deletedAt: { lt: before } } });
    return documents.flatMap(({ versions }) => versions.map(({ id }) => id));
  });
}

/** Of these ids, those of versions and of uploads that are not over. */
export async function findKnownIds(database: Database, ids: readonly string[]): Promise<Set<string>> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT id FROM document_versions WHERE id = ANY(${[...ids]}::uuid[]) AND scan <> 'infected'
    UNION SELECT id FROM document_uploads WHERE id = ANY(${[...ids]}::uuid[]) AND state <> 'refused'`;
  return new Set(rows.map(({ id }) => id));
}

/** Versions whose files were not looked for since a time, the longest first. */
export async function findUnchecked(database: Database, before: Date, limit: number): Promise<string[]> {
  const rows = await database.documentVersion.findMany({
    where: { checkedAt: { lt: before }, scan: { not: "infected" } },
    orderBy: { checkedAt: "asc" },
    select: { id: true },
    take: limit,
  });
  return rows.map(({ id }) => id);
}

/** Notes whether a version's file is in the store. @returns whether it was missed for the first time */
export async function noteChecked(database: Database, id: string, at: Date, isThere: boolean): Promise<boolean> {
  const missed = await database.documentVersion.updateMany({
    where: { id, missingAt: isThere ? { not: null } : null },
    data: { missingAt: isThere ? null : at },
  });
  await database.documentVersion.updateMany({ where: { id }, data: { checkedAt: at } });
  return !isThere && missed.count > 0;
}
