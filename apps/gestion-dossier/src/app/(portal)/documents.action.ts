"use server";

import { deleteDocument, restoreDocument } from "@mgs/documents/delete-document";
import { getDocument } from "@mgs/documents/list-documents";
import { tabOfAction } from "@mgs/http/socket-id";
import { documentTexts } from "@mgs/portal/documents/document-texts";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { portal } from "../../portal";
import { subjectOfSegment } from "./subject-of-segment";

const targetOf = (segment: string, subjectId: string, documentId: string, socketId?: string) => ({
  ...{ subject: subjectOfSegment(segment), subjectId: String(subjectId), documentId: String(documentId) },
  ...tabOfAction(socketId),
});

export async function removeDocument(
  segment: string,
  subjectId: string,
  documentId: string,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const target = targetOf(segment, subjectId, documentId, socketId);
    const { name } = await getDocument(portal.runtime(), actor, target.subject, target.subjectId, target.documentId);
    await deleteDocument(portal.runtime(), actor, target);
    return documentTexts(locale)("deleted", { name });
  });
}

export async function restoreRecordDocument(
  segment: string,
  subjectId: string,
  documentId: string,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const { name } = await restoreDocument(portal.runtime(), actor, targetOf(segment, subjectId, documentId, socketId));
    return documentTexts(locale)("restored", { name });
  });
}
