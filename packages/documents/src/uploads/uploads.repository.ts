import type { Database, Transaction } from "@mgs/db/client";

export type UploadRow = {
  id: string;
  userId: number;
  subjectType: string;
  subjectId: string;
  replaces: string | null;
  slot: string | null;
  name: string;
  bytes: bigint;
  state: string;
  reason: string | null;
  documentId: string | null;
  createdAt: Date;
};

export async function insertUpload(
  database: Database,
  upload: Omit<UploadRow, "state" | "reason" | "documentId">,
): Promise<void> {
  await database.documentUpload.create({ data: upload });
}

export async function findUpload(database: Database | Transaction, id: string): Promise<UploadRow | null> {
  return database.documentUpload.findUnique({ where: { id } });
}

/** Locks an upload until the transaction is over, so that it becomes one version only. */
export async function lockUpload(tx: Transaction, id: string): Promise<UploadRow | null> {
  await tx.$queryRaw`SELECT 1 FROM document_uploads WHERE id = ${id}::uuid FOR UPDATE`;
  return findUpload(tx, id);
}

export async function countOpenUploads(database: Database, userId: number): Promise<number> {
  return database.documentUpload.count({ where: { userId, state: "open" } });
}

export async function markStored(tx: Transaction, id: string, documentId: string): Promise<void> {
  await tx.documentUpload.update({ where: { id }, data: { state: "stored", documentId } });
}

export async function markRefused(database: Database, id: string, reason: string): Promise<void> {
  await database.documentUpload.updateMany({ where: { id, state: "open" }, data: { state: "refused", reason } });
}

/** @returns false when it is no open one */
export async function deleteUpload(database: Database, id: string): Promise<boolean> {
  const { count } = await database.documentUpload.deleteMany({ where: { id, state: "open" } });
  return count > 0;
}

/** Uploads from before a time, whatever became of them. */
export async function findUploadsBefore(database: Database, before: Date, limit: number): Promise<UploadRow[]> {
  return database.documentUpload.findMany({
    where: { createdAt: { lt: before } },
    orderBy: { createdAt: "asc" },
    take: limit,
  });
}

export async function forgetUpload(database: Database, id: string): Promise<void> {
  await database.documentUpload.deleteMany({ where: { id } });
}
