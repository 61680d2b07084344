import { Readable } from "node:stream";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { STREAMED } from "@mgs/http/csv/write-csv";
import { requireSubject, type Subject } from "@mgs/records/subject";
import { cleanFileName, distinctNames } from "./checks/file-name";
import { contentDisposition } from "./content-headers";
import { MAX_LISTED_DOCUMENTS } from "./contract/document";
import type { DocumentDeps } from "./document-deps";
import { stateOf } from "./document-dto";
import { findDocuments } from "./documents.repository";
import { fileKey } from "./storage/keys";
import { keepVisible } from "./visible-documents";

/**
 * Answers with the current versions of a record's documents in one archive, which is made while it is sent. Names that are alike get a
 * number, and what cannot be opened is left out.
 * @throws AppError the subject's `missing`, DOCUMENT_NOT_FOUND when there is none
 */
export async function answerAll(
  deps: DocumentDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
): Promise<Response> {
  const view = await requireSubject(deps, actor, subject, subjectId);
  const record = { type: subject.type, id: subjectId };
  const found = await findDocuments(deps.database, record, { limit: MAX_LISTED_DOCUMENTS });
  const documents = await keepVisible(deps.database, actor, subject, subjectId, found);
  const versions = documents.flatMap(({ currentVersion, versions }) =>
    versions.filter((one) => one.version === currentVersion && stateOf(one) === "ready"),
  );
  if (versions.length === 0) throw new AppError("DOCUMENT_NOT_FOUND");
  const { ZipFile } = await import("yazl");
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let current: Readable | undefined;
  const names = distinctNames(versions.map(({ name }) => name));
  for (const [index, { id, uploadedAt, mediaType }] of versions.entries()) {
    // Most types are packed already.
    const options = { mtime: uploadedAt, compress: mediaType.startsWith("text/") };
    zip.addReadStreamLazy(names[index] ?? id, options, (give) => {
      deps.documents.storage.read(fileKey(id)).then(
        (file) => {
          current = file;
          if (output.destroyed) file.destroy();
          else give(null, file);
        },
        (error: Error) => give(error, null as never),
      );
    });
  }
  // A file that is lost meanwhile cuts the answer: its reader knows that something is missing.
  zip.on("error", (error) => output.destroy(error as Error));
  // A reader who breaks off leaves the file that is being read: it would stay open for as long as the process runs.
  output.once("close", () => current?.destroy());
  zip.end();
  return new Response(Readable.toWeb(output) as ReadableStream, {
    headers: {
      "content-type": "application/zip",
      "content-disposition": contentDisposition("attachment", `${cleanFileName(view.title)}.zip`),
      "cache-control": "no-store",
      ...STREAMED,
    },
  });
}
