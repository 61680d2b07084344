import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { recordChange } from "@mgs/records/changes/record-change";
import type { Subject } from "@mgs/records/subject";
import type { DocumentDetails } from "./contract/document";
import { MAX_DOCUMENTS } from "./contract/document";
import type { DocumentDeps } from "./document-deps";
import { mayTidy, restorableUntil } from "./document-dto";
import { countDocuments, lockDocument, setDeleted } from "./documents.repository";
import { getDocument, requireDocument } from "./list-documents";

type Target = { subject: Subject; subjectId: string; documentId: string; socketId?: string | undefined };

/**
 * Deletes a document, which can be restored for 30 days. @throws AppError the subject's `missing`, DOCUMENT_NOT_FOUND, FORBIDDEN
 */
export async function deleteDocument(
  deps: Pick<DocumentDeps, "database" | "clock" | "enqueuer">,
  actor: Actor,
  target: Target,
): Promise<void> {
  await change(deps, actor, target, true);
}

/**
 * Restores a deleted document. @throws AppError the subject's `missing`, DOCUMENT_NOT_FOUND, FORBIDDEN; VALIDATION_ERROR where the record has as
 *   many as it may have
 */
export async function restoreDocument(
  deps: Pick<DocumentDeps, "database" | "clock" | "enqueuer">,
  actor: Actor,
  target: Target,
): Promise<DocumentDetails> {
  await change(deps, actor, target, false);
  return getDocument(deps, actor, target.subject, target.subjectId, target.documentId);
}

/** A document that is as it should be already stays so. */
async function change(
  deps: Pick<DocumentDeps, "database" | "clock" | "enqueuer">,
  actor: Actor,
  target: Target,
  isDeletion: boolean,
): Promise<void> {
  const { subject, subjectId, documentId, socketId } = target;
  const { view, document } = await requireDocument(deps, actor, subject, subjectId, documentId);
  if (!mayTidy(actor, view, document)) throw new AppError("FORBIDDEN");
  const by = requireUser(actor).userId;
  const at = deps.clock.now();
  const record = { type: subject.type, id: subjectId };
  const refs = await deps.database.$transaction(async (tx) => {
    const locked = await lockDocument(tx, record, documentId);
    if (!locked || (locked.deletedAt !== null && restorableUntil(locked.deletedAt) <= at))
      throw new AppError("DOCUMENT_NOT_FOUND");
    if ((locked.deletedAt !== null) === isDeletion) return [];
    if (!isDeletion && (await countDocuments(tx, record)) >= MAX_DOCUMENTS)
      throw new AppError("VALIDATION_ERROR", { details: [{ path: "document_id", message: "TOO_MANY" }] });
    await setDeleted(tx, documentId, isDeletion ? { at, by } : null);
    const { row } = await recordChange(tx, actor, record, {
      op: isDeletion ? "document-deleted" : "document-restored",
      details: { document_id: documentId, name: locked.name },
      ...{ at, socketId },
    });
    return insertOutbox(tx, [row]);
  });
  await deps.enqueuer.enqueue(refs);
}
