import type { Database, Transaction } from "@mgs/db/client";
import type { RecordRef } from "@mgs/records/changes/changes.repository";
import { MAX_DOCUMENTS } from "./contract/document";
import { findDocument, findDocuments } from "./documents.repository";

/** A document as other domains name it. */
export type DocumentName = { id: string; name: string; slot: string | null };

/** Finds a document of a record that is not deleted; null: the record has none with this id. The caller has checked the access. */
export async function findInSubject(
  database: Database | Transaction,
  record: RecordRef,
  documentId: string,
): Promise<DocumentName | null> {
  const document = await findDocument(database, record, documentId);
  return document && document.deletedAt === null ? toName(document) : null;
}

/** Names the documents of a record that fill a place of it. The caller has checked the access. */
export async function findInSlots(database: Database | Transaction, record: RecordRef): Promise<DocumentName[]> {
  const documents = await findDocuments(database, record, { limit: MAX_DOCUMENTS });
  return documents.filter(({ slot }) => slot !== null).map(toName);
}

function toName({ id, name, slot }: DocumentName): DocumentName {
  return { id, name, slot };
}
