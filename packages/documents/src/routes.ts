import { readQuery } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import { readSocketId } from "@mgs/http/socket-id";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { portalsOfSubject, type Subject } from "@mgs/records/subject";
import { z } from "zod";
import {
  documentApiPath,
  documentPartApiPath,
  documentsApiPath,
  documentsZipApiPath,
  uploadApiPath,
  uploadsApiPath,
} from "./addresses";
import { deleteDocument, restoreDocument } from "./delete-document";
import type { DocumentPorts } from "./document-deps";
import { answerAll } from "./download-all";
import { getDocument, listDocuments } from "./list-documents";
import { answerContent, answerThumbnail } from "./read-content";
import type { DocumentServices } from "./services";
import { answerUpload } from "./uploads/answer-upload";
import { showUpload } from "./uploads/show-upload";

/** Routes pass input on unparsed: the use case checks the access before it parses. */
const raw = z.unknown();
const tabOf = (request: Request) => ({ socketId: readSocketId(request) });

type DocumentRoute = Route<PortalDeps & DocumentServices>;

/** Routes of the documents of every kind of record. Each has the scope of its records. */
export const documentRoutes = (subjects: readonly Subject[], ports: DocumentPorts): readonly DocumentRoute[] =>
  subjects.flatMap((subject): DocumentRoute[] => {
    const read = { ...portalsOfSubject(subject), scope: subject.scopes.read } as const;
    const write = { ...read, scope: subject.scopes.write } as const;
    const target = (params: Record<string, string>, request: Request) => ({
      ...{ subject, subjectId: params.id ?? "", documentId: params.documentId ?? "", request },
      query: readQuery(request, raw),
    });
    return [
      {
        ...read,
        access: "signed-in",
        method: "GET",
        path: documentsApiPath(subject, "{id}"),
        handler: async ({ actor, params, request }, deps) =>
          ok(await listDocuments(deps, actor, subject, params.id ?? "", readQuery(request, raw))),
      },
      {
        ...read,
        access: "signed-in",
        method: "GET",
        path: documentsZipApiPath(subject, "{id}"),
        handler: ({ actor, params }, deps) => answerAll(deps, actor, subject, params.id ?? ""),
      },
      {
        ...write,
        access: "signed-in",
        method: "POST",
        path: uploadsApiPath(subject, "{id}"),
        handler: ({ actor, params, request }, deps) =>
          answerUpload(deps, ports, { actor, subject, id: params.id ?? "", request }),
      },
      {
        ...write,
        access: "signed-in",
        method: "GET",
        path: uploadApiPath(subject, "{id}", "{uploadId}"),
        handler: async ({ actor, params, request }, deps) => {
          const call = { actor, subject, id: params.id ?? "", request };
          if (request.method === "HEAD") return answerUpload(deps, ports, call, params.uploadId ?? "");
          return ok(await showUpload(deps, call, params.uploadId ?? ""));
        },
      },
      ...(["PATCH", "DELETE"] as const).map(
        (method): DocumentRoute => ({
          ...write,
          access: "signed-in",
          method,
          path: uploadApiPath(subject, "{id}", "{uploadId}"),
          handler: ({ actor, params, request }, deps) =>
            answerUpload(deps, ports, { actor, subject, id: params.id ?? "", request }, params.uploadId ?? ""),
        }),
      ),
      ...(["", "/versions"] as const).map(
        (rest): DocumentRoute => ({
          ...read,
          access: "signed-in",
          method: "GET",
          path: `${documentApiPath(subject, "{id}", "{documentId}")}${rest}`,
          handler: async ({ actor, params }, deps) => {
            const found = await getDocument(deps, actor, subject, params.id ?? "", params.documentId ?? "");
            return ok(rest === "" ? found : found.versions);
          },
        }),
      ),
      {
        ...write,
        access: "signed-in",
        method: "DELETE",
        path: documentApiPath(subject, "{id}", "{documentId}"),
        handler: async ({ actor, params, request }, deps) => {
          await deleteDocument(deps, actor, { ...target(params, request), ...tabOf(request) });
          return ok(null);
        },
      },
      {
        ...write,
        access: "signed-in",
        method: "POST",
        path: documentPartApiPath(subject, "{id}", "{documentId}", "restore"),
        handler: async ({ actor, params, request }, deps) =>
          ok(await restoreDocument(deps, actor, { ...target(params, request), ...tabOf(request) })),
      },
      {
        ...read,
        access: "signed-in",
        method: "GET",
        path: documentPartApiPath(subject, "{id}", "{documentId}", "content"),
        handler: ({ actor, params, request }, deps) => answerContent(deps, actor, target(params, request)),
      },
      {
        ...read,
        access: "signed-in",
        method: "GET",
        path: documentPartApiPath(subject, "{id}", "{documentId}", "thumbnail"),
        handler: ({ actor, params, request }, deps) => answerThumbnail(deps, actor, target(params, request)),
      },
    ];
  });
