import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import { validate } from "@mgs/core/validate";
import { requireSubject, type Subject, type SubjectView } from "@mgs/records/subject";
import { z } from "zod";
import { type DocumentDetails, type DocumentDto, MAX_LISTED_DOCUMENTS } from "./contract/document";
import type { DocumentDeps } from "./document-deps";
import { mayTidy, toDetails, toSummary } from "./document-dto";
import { type DocumentWithVersions, findDocument, findDocuments } from "./documents.repository";
import { keepVisible } from "./visible-documents";

export const documentsQuery = z.object({
  deleted: z
    .enum(["true", "false"])
    .default("false")
    .transform((text) => text === "true")
    .meta({ description: "`true`: those that the caller may restore" }),
});

/**
 * The documents of a record, in the order in which they came, or those of the last 30 days that were deleted.
 * @throws AppError the subject's `missing`, VALIDATION_ERROR
 */
export async function listDocuments(
  { database }: Pick<DocumentDeps, "database">,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  query: unknown,
): Promise<DocumentDto[]> {
  const view = await requireSubject({ database }, actor, subject, subjectId);
  const { deleted } = validate(documentsQuery, query);
  const record = { type: subject.type, id: subjectId };
  const found = await findDocuments(database, record, { deleted, limit: MAX_LISTED_DOCUMENTS });
  const visible = await keepVisible(database, actor, subject, subjectId, found);
  const seen = deleted ? visible.filter((document) => mayTidy(actor, view, document)) : visible;
  return (await toDetails(database, actor, view, seen)).map(toSummary);
}

/** A document with its versions. @throws AppError the subject's `missing`, DOCUMENT_NOT_FOUND */
export async function getDocument(
  { database }: Pick<DocumentDeps, "database">,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  documentId: string,
): Promise<DocumentDetails> {
  const { view, document } = await requireDocument({ database }, actor, subject, subjectId, documentId);
  const [details] = await toDetails(database, actor, view, [document]);
  if (!details) throw new AppError("DOCUMENT_NOT_FOUND");
  return details;
}

/**
 * Finds a document of a record that the actor sees. A deleted one is there for who may restore it alone.
 * @throws AppError the subject's `missing`, DOCUMENT_NOT_FOUND
 */
export async function requireDocument(
  { database }: Pick<DocumentDeps, "database">,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  documentId: string,
): Promise<{ view: SubjectView; document: DocumentWithVersions }> {
  const view = await requireSubject({ database }, actor, subject, subjectId);
  const record = { type: subject.type, id: subjectId };
  const found = UUID_PATTERN.test(documentId) ? await findDocument(database, record, documentId) : null;
  const [document] = await keepVisible(database, actor, subject, subjectId, found ? [found] : []);
  if (!document || (document.deletedAt !== null && !mayTidy(actor, view, document)))
    throw new AppError("DOCUMENT_NOT_FOUND");
  return { view, document };
}
