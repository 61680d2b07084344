import { Readable } from "node:stream";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import { STREAMED } from "@mgs/http/csv/write-csv";
import type { Subject } from "@mgs/records/subject";
import { z } from "zod";
import { contentDisposition, contentPolicy, readRange } from "./content-headers";
import { previewOf } from "./contract/media-types";
import type { DocumentDeps } from "./document-deps";
import { stateOf } from "./document-dto";
import type { VersionRow } from "./documents.repository";
import { requireDocument } from "./list-documents";
import { type ByteRange, FileMissing } from "./storage/document-storage";
import { fileKey, thumbnailKey } from "./storage/keys";

const THUMBNAIL_SECONDS = 3_600;

export const contentQuery = z.object({
  version: z.coerce.number().int().min(1).optional().meta({ description: "Default: the current one" }),
  inline: z
    .enum(["true", "false"])
    .default("false")
    .transform((text) => text === "true")
    .meta({ description: "`true`: the browser shows an image or a PDF instead of saving it" }),
});

type Target = { subject: Subject; subjectId: string; documentId: string; request: Request; query: unknown };

/**
 * Answers with a document's file, or the range of it that the caller asks for.
 * @throws AppError the subject's `missing`, DOCUMENT_NOT_FOUND, DOCUMENT_NOT_READY, DOCUMENT_GONE, VALIDATION_ERROR
 */
export async function answerContent(deps: DocumentDeps, actor: Actor, target: Target): Promise<Response> {
  const { request } = target;
  const { version, inline } = await requireVersion(deps, actor, target);
  const bytes = Number(version.bytes);
  const etag = `"${version.sha256}"`;
  const headers = new Headers({
    "content-type": version.mediaType,
    "content-disposition": contentDisposition(
      inline && previewOf(version.mediaType) !== null ? "inline" : "attachment",
      version.name,
    ),
    "content-security-policy": contentPolicy(version.mediaType),
    "cross-origin-resource-policy": "same-origin",
    "accept-ranges": "bytes",
    "cache-control": "private, no-cache",
    etag,
    ...STREAMED,
  });
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  const ifRange = request.headers.get("if-range");
  const range = ifRange === null || ifRange === etag ? readRange(request.headers.get("range"), bytes) : null;
  if (range === "unsatisfiable") {
    headers.set("content-range", `bytes */${bytes}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("content-length", String(range ? range.end - range.start + 1 : bytes));
  if (range) headers.set("content-range", `bytes ${range.start}-${range.end}/${bytes}`);
  const body = request.method === "HEAD" ? null : await openFile(deps, fileKey(version.id), range ?? undefined);
  return new Response(body, { status: range ? 206 : 200, headers });
}

/** Answers with the small picture of an image. @throws as {@link answerContent}; NOT_FOUND without one */
export async function answerThumbnail(deps: DocumentDeps, actor: Actor, target: Target): Promise<Response> {
  const { version } = await requireVersion(deps, actor, target);
  if (version.thumbnail !== "ready") throw new AppError("NOT_FOUND");
  return new Response(await openFile(deps, thumbnailKey(version.id)), {
    headers: {
      "content-type": "image/webp",
      "content-security-policy": contentPolicy("image/webp"),
      "cross-origin-resource-policy": "same-origin",
      "cache-control": `private, max-age=${THUMBNAIL_SECONDS}`,
      ...STREAMED,
    },
  });
}

async function requireVersion(
  deps: DocumentDeps,
  actor: Actor,
  { subject, subjectId, documentId, query }: Target,
): Promise<{ version: VersionRow; inline: boolean }> {
  const { document } = await requireDocument(deps, actor, subject, subjectId, documentId);
  const { version: number = document.currentVersion, inline } = validate(contentQuery, query);
  const version = document.versions.find((one) => one.version === number);
  if (!version) throw new AppError("DOCUMENT_NOT_FOUND");
  const state = stateOf(version);
  if (state === "scanning") throw new AppError("DOCUMENT_NOT_READY");
  if (state !== "ready") throw new AppError("DOCUMENT_GONE");
  return { version, inline };
}

async function openFile({ documents }: DocumentDeps, key: string, range?: ByteRange): Promise<ReadableStream> {
  const file = await documents.storage.read(key, range).catch((error: unknown) => {
    throw error instanceof FileMissing ? new AppError("DOCUMENT_GONE", { cause: error }) : error;
  });
  return Readable.toWeb(file) as ReadableStream;
}
