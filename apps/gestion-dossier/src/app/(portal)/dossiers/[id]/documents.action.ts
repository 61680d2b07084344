"use server";

import { deleteDocument, restoreDocument } from "@mgs/documents/delete-document";
import { getDocument } from "@mgs/documents/list-documents";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { tabOfAction } from "@mgs/http/socket-id";
import { documentTexts } from "@mgs/portal/documents/document-texts";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { portal } from "../../../../portal";

const targetOf = (dossierId: number, documentId: string, socketId?: string) => ({
  ...{ subject: dossierSubject, subjectId: String(dossierId), documentId: String(documentId) },
  ...tabOfAction(socketId),
});

export async function removeDocument(
  dossierId: number,
  documentId: string,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const target = targetOf(dossierId, documentId, socketId);
    const { name } = await getDocument(portal.runtime(), actor, target.subject, target.subjectId, target.documentId);
    await deleteDocument(portal.runtime(), actor, target);
    return documentTexts(locale)("deleted", { name });
  });
}

export async function restoreDossierDocument(
  dossierId: number,
  documentId: string,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const { name } = await restoreDocument(portal.runtime(), actor, targetOf(dossierId, documentId, socketId));
    return documentTexts(locale)("restored", { name });
  });
}
