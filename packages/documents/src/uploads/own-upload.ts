import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import type { Subject } from "@mgs/records/subject";
import type { DocumentDeps } from "../document-deps";
import { findUpload, type UploadRow } from "./uploads.repository";

export type UploadCall = {
  actor: Actor;
  subject: Subject;
  /** Of the record. */
  id: string;
  request: Request;
};

/** @throws AppError NOT_FOUND for another person's, and for one of another record; DOCUMENT_REFUSED */
export async function requireOwnUpload(
  { database }: Pick<DocumentDeps, "database">,
  { actor, subject, id }: UploadCall,
  uploadId: string,
): Promise<UploadRow> {
  const upload = UUID_PATTERN.test(uploadId) ? await findUpload(database, uploadId) : null;
  const isOwn = upload?.userId === requireUser(actor).userId;
  if (!upload || !isOwn || upload.subjectType !== subject.type || upload.subjectId !== id)
    throw new AppError("NOT_FOUND");
  if (upload.state === "refused") throw new AppError("DOCUMENT_REFUSED", { data: { reason: upload.reason } });
  return upload;
}
