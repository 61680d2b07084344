import { Readable } from "node:stream";
import { requireUser } from "@mgs/core/actor";
import { AppError, type ErrorCode } from "@mgs/core/errors";
import { getNodeBody } from "@mgs/http/node-body";
import { readSocketId } from "@mgs/http/socket-id";
import type { Locker } from "@tus/server";
import { uploadApiPath } from "../addresses";
import type { DocumentDeps, DocumentPorts } from "../document-deps";
import { fileKey, idOfKey } from "../storage/keys";
import { beginUpload, requireAttachable } from "./begin-upload";
import { finishUpload } from "./finish-upload";
import { requireOwnUpload, type UploadCall } from "./own-upload";
import { deleteUpload, type UploadRow } from "./uploads.repository";

/** Our refusals for those of the tus library, by their status. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  403: "BAD_REQUEST",
  404: "NOT_FOUND",
  409: "CONFLICT",
  410: "NOT_FOUND",
  413: "PAYLOAD_TOO_LARGE",
  423: "CONFLICT",
};

/** One for the process: two requests of one upload write one after the other. */
let locker: Locker | undefined;

/**
 * Answers a request of the tus protocol that makes an upload, or goes on with one. The record's rights are asked at each, and an upload is
 * its person's alone: for everybody else there is none. What follows the last byte is in {@link finishUpload}.
 * @param uploadId undefined for a new one
 */
export async function answerUpload(
  deps: DocumentDeps,
  ports: DocumentPorts,
  call: UploadCall,
  uploadId?: string,
): Promise<Response> {
  const { actor, subject, id, request } = call;
  await requireAttachable(deps, actor, subject, id);
  const user = requireUser(actor);
  const socketId = readSocketId(request);
  const upload = uploadId === undefined ? null : await requireOwnUpload(deps, call, uploadId);
  const [{ Server, MemoryLocker }, datastore] = await Promise.all([
    import("@tus/server"),
    deps.documents.storage.incoming(),
  ]);
  locker ??= new MemoryLocker();
  const finish = (ofId: string) => finishUpload(deps, ports, user, subject, ofId, socketId);
  if (upload && request.method === "HEAD") await finishIfComplete(deps, upload, finish);
  // Without its row the file becomes no document, whatever else happens at the same time.
  if (upload && request.method === "DELETE" && !(await deleteUpload(deps.database, upload.id)))
    throw new AppError("CONFLICT");

  let thrown: unknown;
  const server = new Server({
    path: "/uploads",
    datastore,
    locker,
    maxSize: deps.documents.maxBytes,
    namingFunction: async (_, metadata) => {
      const bytes = Number(request.headers.get("upload-length") ?? "NaN");
      if (!Number.isSafeInteger(bytes)) throw new AppError("BAD_REQUEST");
      return fileKey(await beginUpload(deps, actor, subject, id, { metadata: metadata ?? {}, bytes }));
    },
    getFileIdFromRequest: () => (upload ? fileKey(upload.id) : undefined),
    generateUrl: (_, made) => uploadApiPath(subject, id, idOfKey(made.id) ?? ""),
    onUploadFinish: async (_, { id: key }) => ({ headers: { "Document-Id": await finish(idOfKey(key) ?? "") } }),
    onResponseError(_, error) {
      thrown = error;
      return undefined;
    },
  });
  const response = await server.handleWeb(toWebRequest(request));
  if (thrown !== undefined) throw toAppError(thrown);
  if (!response.ok) throw new AppError(CODES[response.status] ?? "BAD_REQUEST");
  return withoutForeignOrigins(response);
}

/** A process that died after the last byte has not made the document; the client asks by HEAD where it stands, and takes it for done. */
async function finishIfComplete(
  { documents }: DocumentDeps,
  upload: UploadRow,
  finish: (id: string) => Promise<string>,
): Promise<void> {
  if (upload.state !== "open") return;
  const { offset, size } = await (await documents.storage.incoming()).getUpload(fileKey(upload.id)).catch((error) => {
    throw toAppError(error);
  });
  if (offset === size) await finish(upload.id);
}

/** The request with its body as a stream: nothing of a file is held in memory. */
function toWebRequest(request: Request): Request {
  const message = getNodeBody(request);
  const body = message ? (Readable.toWeb(message) as ReadableStream<Uint8Array>) : request.body;
  const hasBody = request.method === "POST" || request.method === "PATCH";
  return new Request(request.url, {
    method: request.method,
    headers: request.headers,
    ...(hasBody && body ? { body, duplex: "half" } : {}),
  });
}

function toAppError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (typeof error !== "object" || error === null || !("status_code" in error)) return error;
  const status = Number(error.status_code);
  if (status >= 500) return new AppError("UNAVAILABLE", { cause: error });
  return new AppError(CODES[status] ?? "BAD_REQUEST", { cause: error });
}

/** The library lets pages of every origin read its answers; ours are for this origin alone. */
function withoutForeignOrigins(response: Response): Response {
  const headers = new Headers(response.headers);
  for (const name of [...headers.keys()]) if (name.startsWith("access-control-")) headers.delete(name);
  headers.set("cache-control", "no-store");
  return new Response(response.status === 204 ? null : response.body, { status: response.status, headers });
}
