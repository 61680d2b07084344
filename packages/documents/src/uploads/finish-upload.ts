import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import type { Transaction } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { recordChange } from "@mgs/records/changes/record-change";
import type { Subject } from "@mgs/records/subject";
import { withExtension } from "../checks/file-name";
import { inspectFile } from "../checks/inspect-file";
import { MEDIA_TYPES } from "../contract/media-types";
import type { DocumentDeps, DocumentPorts } from "../document-deps";
import { insertDocument, insertVersion, lockDocument, setCurrentVersion } from "../documents.repository";
import { documentScan, documentThumbnail } from "../outbox-kinds";
import { fileKey } from "../storage/keys";
import { requireOpenPlace } from "./open-place";
import { findUpload, lockUpload, markRefused, markStored, type UploadRow } from "./uploads.repository";

type StoredFile = { name: string; mediaType: string; sha256: string };

/**
 * Turns an upload whose last byte has come into a document, or into the next version of one. What its bytes show to be no document is
 * refused and removed. It may be called again: the same upload becomes one version only.
 * @returns the document's id
 * @throws AppError DOCUMENT_REFUSED with `error.data.reason`, DOCUMENT_NOT_FOUND, NOT_FOUND
 */
export async function finishUpload(
  deps: DocumentDeps,
  ports: DocumentPorts,
  actor: UserActor,
  subject: Subject,
  uploadId: string,
  socketId?: string,
): Promise<string> {
  const upload = await findUpload(deps.database, uploadId);
  if (!upload) throw new AppError("NOT_FOUND");
  if (upload.documentId !== null) return upload.documentId;
  if (upload.state === "refused") throw refused(upload.reason);
  const file = await inspect(deps, upload);
  const { documentId, refs } = await deps.database.$transaction(async (tx) => {
    const locked = await lockUpload(tx, uploadId);
    if (!locked) throw new AppError("NOT_FOUND");
    if (locked.documentId !== null) return { documentId: locked.documentId, refs: [] };
    const stored = await store(tx, { deps, ports, actor, subject, upload: locked, file, socketId });
    return { documentId: stored.documentId, refs: await insertOutbox(tx, stored.rows) };
  });
  await deps.enqueuer.enqueue(refs);
  return documentId;
}

async function inspect({ documents, database }: DocumentDeps, upload: UploadRow): Promise<StoredFile> {
  const { storage } = documents;
  const key = fileKey(upload.id);
  // The store keeps what the client said of the file.
  const announced = (await (await storage.incoming()).getUpload(key)).metadata?.sha256?.toLowerCase();
  await storage.settle(key);
  const read = await inspectFile(storage, key, upload.name, Number(upload.bytes));
  const isAltered = "sha256" in read && announced && announced !== read.sha256;
  const found = isAltered ? ({ refusal: "checksum" } as const) : read;
  if (!("refusal" in found)) return { ...found, name: withExtension(upload.name, found.mediaType) };
  await markRefused(database, upload.id, found.refusal);
  await (await storage.incoming()).remove(key);
  throw refused(found.refusal);
}

type Storing = {
  deps: DocumentDeps;
  ports: DocumentPorts;
  actor: UserActor;
  subject: Subject;
  upload: UploadRow;
  file: StoredFile;
  socketId: string | undefined;
};

/** Writes the rows of a stored file; the record's number comes last, since it is locked until the end. */
async function store(
  tx: Transaction,
  storing: Storing,
): Promise<{ documentId: string; rows: readonly NewOutboxRow[] }> {
  const { deps, ports, actor, subject, upload, file, socketId } = storing;
  const at = deps.clock.now();
  const record = { type: subject.type, id: upload.subjectId };
  // It may have been closed while the file was on its way.
  await requireOpenPlace(tx, subject, upload.subjectId, upload);
  const { documentId, version } = await placeDocument(tx, record, upload, file, at);
  const isScanned = deps.documents.scanUrl !== null;
  const hasThumbnail = MEDIA_TYPES[file.mediaType]?.hasThumbnail === true;
  await insertVersion(tx, {
    ...{ id: upload.id, documentId, version, bytes: upload.bytes, ...file },
    ...{ uploadedBy: actor.userId, uploadedAt: at },
    ...{ scan: isScanned ? "pending" : "none", thumbnail: hasThumbnail ? "pending" : "none" },
  });
  await markStored(tx, upload.id, documentId);
  const filled = upload.slot && { record, slot: upload.slot, documentId, at };
  const slotRows = filled && ports.slotFilled ? await ports.slotFilled(tx, actor, filled) : [];
  const change = await recordChange(tx, actor, record, {
    op: version === 1 ? "document-added" : "document-replaced",
    details: { document_id: documentId, name: file.name, version },
    ...{ at, socketId },
  });
  const payload = { version_id: upload.id };
  const next = isScanned ? [documentScan.row({ payload })] : hasThumbnail ? [documentThumbnail.row({ payload })] : [];
  return { documentId, rows: [...slotRows, change.row, ...next] };
}

async function placeDocument(
  tx: Transaction,
  record: { type: string; id: string },
  upload: UploadRow,
  { name }: StoredFile,
  at: Date,
): Promise<{ documentId: string; version: number }> {
  if (upload.replaces === null) {
    const documentId = uuidv7();
    await insertDocument(tx, record, {
      ...{ id: documentId, slot: upload.slot, name, createdBy: upload.userId, createdAt: at },
    });
    return { documentId, version: 1 };
  }
  const document = await lockDocument(tx, record, upload.replaces);
  if (!document || document.deletedAt !== null) throw new AppError("DOCUMENT_NOT_FOUND");
  const version = document.currentVersion + 1;
  await setCurrentVersion(tx, document.id, version, name);
  return { documentId: document.id, version };
}

function refused(reason: string | null): AppError {
  return new AppError("DOCUMENT_REFUSED", { data: { reason: reason ?? "type" } });
}
