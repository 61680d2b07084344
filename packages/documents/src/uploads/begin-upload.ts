import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import { isStorableText } from "@mgs/core/text";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import type { RecordRef } from "@mgs/records/changes/changes.repository";
import { requireSubject, type Subject } from "@mgs/records/subject";
import { z } from "zod";
import { cleanFileName } from "../checks/file-name";
import { MAX_DOCUMENTS, MAX_DOCUMENTS_OF_PLACE } from "../contract/document";
import type { DocumentDeps } from "../document-deps";
import { countDocuments, findDocument } from "../documents.repository";
import { requireOpenPlace } from "./open-place";
import { countOpenUploads, insertUpload } from "./uploads.repository";

/** Of one person; a browser that loses its memory again and again would leave more. */
const MAX_OPEN_UPLOADS = 50;
const MAX_SENT_NAME_CHARACTERS = 1_000;
const RETRY_AFTER_SECONDS = 600;

/** The metadata of an upload (`Upload-Metadata`, tus 1.0 section "Creation"). Others that clients send by themselves are not read. */
export const uploadMetadata = z.object({
  filename: z
    .string()
    .min(1)
    .max(MAX_SENT_NAME_CHARACTERS, { error: "TOO_LONG", abort: true })
    .refine(isStorableText, { error: "INVALID_TEXT" })
    .meta({ description: "Its name to people; the part after the last slash counts" }),
  document_id: z.uuid().optional().meta({ description: "The document whose next version it becomes" }),
  slot: z
    .string()
    .regex(/^[a-z]{1,20}:[\w-]{1,64}$/)
    .optional()
    .meta({ description: "The place of the record that it fills, such as `piece:<id>`" }),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .optional()
    .meta({ description: "Its checksum: what arrives otherwise is refused with the reason `checksum`" }),
});

/**
 * Writes down an upload before its first byte comes, so that no file is without a row.
 * @param bytes its whole size
 * @returns its id
 * @throws AppError the subject's `missing`, FORBIDDEN, VALIDATION_ERROR, PAYLOAD_TOO_LARGE, DOCUMENT_NOT_FOUND, RATE_LIMITED
 */
export async function beginUpload(
  deps: DocumentDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  { metadata, bytes }: { metadata: unknown; bytes: number },
): Promise<string> {
  await requireAttachable(deps, actor, subject, subjectId);
  const { userId } = requireUser(actor);
  const { filename, document_id: replaces, slot } = validate(uploadMetadata, metadata);
  if (bytes > deps.documents.maxBytes) throw new AppError("PAYLOAD_TOO_LARGE");
  const record = { type: subject.type, id: subjectId };
  await requireOpenPlace(deps.database, subject, subjectId, { slot, replaces });
  if (replaces !== undefined) {
    const document = await findDocument(deps.database, record, replaces);
    if (!document || document.deletedAt !== null) throw new AppError("DOCUMENT_NOT_FOUND");
  } else if (await isFull(deps.database, subject, record, slot)) {
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "filename", message: "TOO_MANY" }] });
  }
  if ((await countOpenUploads(deps.database, userId)) >= MAX_OPEN_UPLOADS)
    throw new AppError("RATE_LIMITED", { retryAfter: RETRY_AFTER_SECONDS });
  const id = uuidv7();
  await insertUpload(deps.database, {
    ...{ id, userId, subjectType: subject.type, subjectId, bytes: BigInt(bytes) },
    ...{ replaces: replaces ?? null, slot: slot ?? null, name: cleanFileName(filename), createdAt: deps.clock.now() },
  });
  return id;
}

/** A record's documents are counted; where they lie in places of their own, those of the place are. */
async function isFull(
  database: Database,
  { places }: Subject,
  record: RecordRef,
  slot: string | undefined,
): Promise<boolean> {
  if (places) return (await countDocuments(database, record, slot)) >= MAX_DOCUMENTS_OF_PLACE;
  return (await countDocuments(database, record)) >= MAX_DOCUMENTS;
}

/** @throws AppError the subject's `missing`, FORBIDDEN */
export async function requireAttachable(
  deps: Pick<DocumentDeps, "database">,
  actor: Actor,
  subject: Subject,
  subjectId: string,
): Promise<void> {
  const view = await requireSubject(deps, actor, subject, subjectId);
  if (!view.may.attach) throw new AppError("FORBIDDEN");
}
