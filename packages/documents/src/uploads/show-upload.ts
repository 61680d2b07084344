import type { DocumentDeps } from "../document-deps";
import { fileKey } from "../storage/keys";
import { requireAttachable } from "./begin-upload";
import { requireOwnUpload, type UploadCall } from "./own-upload";

/** An upload as its person sees it. */
export type UploadDto = { id: string; name: string; bytes: number; offset: number; document_id: string | null };

/** How far an upload is. @throws AppError the subject's `missing`, FORBIDDEN, NOT_FOUND, DOCUMENT_REFUSED */
export async function showUpload(deps: DocumentDeps, call: UploadCall, uploadId: string): Promise<UploadDto> {
  await requireAttachable(deps, call.actor, call.subject, call.id);
  const { id, name, bytes, documentId } = await requireOwnUpload(deps, call, uploadId);
  const store = await deps.documents.storage.incoming();
  // One that is killed before its file is made has none; the store of finished ones forgets them.
  const offset =
    documentId === null ? ((await store.getUpload(fileKey(id)).catch(() => null))?.offset ?? 0) : Number(bytes);
  return { id, name, bytes: Number(bytes), offset, document_id: documentId };
}
