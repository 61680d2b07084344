import type { DocumentedRoute, RouteTableDocs } from "@mgs/http/route-docs";
import type { Subject } from "@mgs/records/subject";
import { z } from "zod";
import {
  documentApiPath,
  documentPartApiPath,
  documentsApiPath,
  documentsZipApiPath,
  uploadApiPath,
  uploadsApiPath,
} from "./addresses";
import type { DocumentDetails, DocumentDto, DocumentVersionDto } from "./contract/document";
import { REFUSALS } from "./contract/document";
import { documentsQuery } from "./list-documents";
import { contentQuery } from "./read-content";
import type { UploadDto } from "./uploads/show-upload";

const person = z.object({ id: z.int(), name: z.string() });
const version = z
  .object({
    version: z.int().min(1),
    name: z.string(),
    media_type: z.string().meta({ examples: ["application/pdf"] }),
    bytes: z.int(),
    sha256: z.string().length(64),
    state: z.enum(["ready", "scanning", "infected", "missing"]).meta({ description: "Only `ready` can be opened" }),
    has_thumbnail: z.boolean(),
    preview: z.enum(["image", "pdf"]).nullable(),
    uploaded_by: person,
    uploaded_at: z.iso.datetime(),
  })
  .meta({ id: "DocumentVersion" }) satisfies z.ZodType<DocumentVersionDto>;
const document = z
  .object({
    id: z.uuid(),
    name: z.string(),
    slot: z.string().nullable().meta({ description: "The place of the record that it fills" }),
    current: version,
    created_at: z.iso.datetime(),
    deleted: z.object({ at: z.iso.datetime(), by: person, restorable_until: z.iso.datetime() }).nullable(),
    may: z.object({ replace: z.boolean(), delete: z.boolean(), restore: z.boolean() }),
  })
  .meta({ id: "Document" }) satisfies z.ZodType<DocumentDto>;
const details = document
  .extend({ versions: z.array(version).meta({ description: "The newest first" }) })
  .meta({ id: "DocumentDetails" }) satisfies z.ZodType<DocumentDetails>;
const upload = z
  .object({
    id: z.uuid(),
    name: z.string(),
    bytes: z.int(),
    offset: z.int().meta({ description: "So many bytes are there" }),
    document_id: z.uuid().nullable().meta({ description: "What it has become" }),
  })
  .meta({ id: "DocumentUpload" }) satisfies z.ZodType<UploadDto>;
const file = z.string().meta({ format: "binary" });
const nothing = z.string().max(0);

const ofRecord = z.object({ id: z.string() });
const ofDocument = ofRecord.extend({ documentId: z.string() });
const ofUpload = ofRecord.extend({ uploadId: z.string() });
const tusHeaders = z.object({ "Tus-Resumable": z.literal("1.0.0") });
const TUS = "By the tus protocol 1.0 (https://tus.io/protocols/resumable-upload).";

/** Documentation of the routes of the documents of every kind of record. */
export const documentOpenApi = (subjects: readonly Subject[]): RouteTableDocs =>
  Object.fromEntries(
    subjects.flatMap((subject): [string, DocumentedRoute][] => {
      const tag = { name: subject.segment };
      const name = `${subject.type[0]?.toUpperCase()}${subject.type.slice(1)}`;
      const missing = { [subject.missing ?? "NOT_FOUND"]: "none with this id, or none for the caller" };
      const noDocument = { ...missing, DOCUMENT_NOT_FOUND: "the record has none with this id" };
      const noUpload = { ...missing, NOT_FOUND: "no upload of the caller on this record has this id" };
      const refused = `what the bytes show is no document that is accepted; \`error.data.reason\` is one of ${REFUSALS.join(", ")}`;
      const unopened = {
        DOCUMENT_NOT_READY: "the virus scanner has not looked at it yet",
        DOCUMENT_GONE: "the scanner found it harmful, or its file is lost",
        VALIDATION_ERROR: true as const,
      };
      const written = { description: "Written", body: nothing };
      const path = {
        list: documentsApiPath(subject, "{id}"),
        zip: documentsZipApiPath(subject, "{id}"),
        uploads: uploadsApiPath(subject, "{id}"),
        upload: uploadApiPath(subject, "{id}", "{uploadId}"),
        document: documentApiPath(subject, "{id}", "{documentId}"),
        part: (part: "content" | "thumbnail" | "versions" | "restore") =>
          documentPartApiPath(subject, "{id}", "{documentId}", part),
      };
      return [
        [
          `GET ${path.list}`,
          {
            ...{ tag, id: `list${name}Documents`, params: ofRecord, query: documentsQuery },
            summary: "The documents of a record, in the order in which they came",
            answers: { 200: { description: "All of them", data: z.array(document) } },
            refusals: { ...missing, VALIDATION_ERROR: true },
          },
        ],
        [
          `GET ${path.zip}`,
          {
            ...{ tag, id: `download${name}Documents`, params: ofRecord },
            summary: "The documents of a record in one archive, made while it is sent",
            answers: {
              200: { description: "Names that are alike have a number", body: file, mediaType: "application/zip" },
            },
            refusals: { ...missing, DOCUMENT_NOT_FOUND: "the record has none that can be opened" },
          },
        ],
        [
          `POST ${path.uploads}`,
          {
            ...{ tag, id: `begin${name}Upload`, params: ofRecord },
            headers: tusHeaders.extend({
              "Upload-Length": z
                .int()
                .min(0)
                .meta({ header: { description: "The file's size" } }),
              "Upload-Metadata": z.string().meta({
                header: {
                  description:
                    "`filename`, and where wanted `document_id` (it becomes its next version) and `slot`, each with its value in Base64",
                },
              }),
            }),
            summary: "Begin an upload that may be broken off and resumed",
            description: `${TUS} \`Location\` is the address of the upload.`,
            answers: { 201: { description: "Begun", body: nothing } },
            refusals: {
              ...noDocument,
              BAD_REQUEST: "headers of the protocol are missing or wrong",
              VALIDATION_ERROR: true,
              PAYLOAD_TOO_LARGE: "it is larger than the server takes (`DOCUMENT_MAX_BYTES`)",
              RATE_LIMITED: "the caller has too many unfinished uploads",
              DOCUMENT_REFUSED: refused,
            },
          },
        ],
        [
          `GET ${path.upload}`,
          {
            ...{ tag, id: `get${name}Upload`, params: ofUpload },
            summary: "How far an upload is",
            description: `${TUS} A \`HEAD\` answers with \`Upload-Offset\`.`,
            answers: { 200: { description: "The upload", data: upload } },
            refusals: { ...noUpload, DOCUMENT_REFUSED: refused },
          },
        ],
        [
          `PATCH ${path.upload}`,
          {
            ...{ tag, id: `continue${name}Upload`, params: ofUpload },
            headers: tusHeaders.extend({ "Upload-Offset": z.int().min(0).meta({ header: {} }) }),
            summary: "Send the next bytes of an upload; with the last one it becomes a document",
            description: `${TUS} The body is \`application/offset+octet-stream\`, of any length. \`Document-Id\` names the document.`,
            answers: { 204: written },
            refusals: {
              ...noUpload,
              BAD_REQUEST: "headers of the protocol are missing or wrong",
              CONFLICT: "the upload has another offset: ask for it by `HEAD`",
              PAYLOAD_TOO_LARGE: "more bytes than were announced",
              DOCUMENT_NOT_FOUND: "the document that it was to replace is gone",
              DOCUMENT_REFUSED: refused,
            },
          },
        ],
        [
          `DELETE ${path.upload}`,
          {
            ...{ tag, id: `cancel${name}Upload`, params: ofUpload, headers: tusHeaders },
            summary: "Give up an upload that is not complete",
            answers: { 204: { description: "It is gone", body: nothing } },
            refusals: {
              ...noUpload,
              BAD_REQUEST: "headers of the protocol are missing or wrong",
              CONFLICT: "it is a document already",
              DOCUMENT_REFUSED: refused,
            },
          },
        ],
        [
          `GET ${path.document}`,
          {
            ...{ tag, id: `get${name}Document`, params: ofDocument },
            summary: "A document with its versions",
            answers: { 200: { description: "The document", data: details } },
            refusals: noDocument,
          },
        ],
        [
          `GET ${path.part("versions")}`,
          {
            ...{ tag, id: `list${name}DocumentVersions`, params: ofDocument },
            summary: "The versions of a document, the newest first",
            answers: { 200: { description: "All of them", data: z.array(version) } },
            refusals: noDocument,
          },
        ],
        [
          `DELETE ${path.document}`,
          {
            ...{ tag, id: `delete${name}Document`, params: ofDocument },
            summary: "Delete a document, which can be restored for 30 days",
            answers: { 200: { description: "Deleted", data: z.null() } },
            refusals: noDocument,
          },
        ],
        [
          `POST ${path.part("restore")}`,
          {
            ...{ tag, id: `restore${name}Document`, params: ofDocument },
            summary: "Restore a deleted document",
            answers: { 200: { description: "The document", data: details } },
            refusals: { ...noDocument, VALIDATION_ERROR: "the record has as many documents as it may have" },
          },
        ],
        [
          `GET ${path.part("content")}`,
          {
            ...{ tag, id: `read${name}Document`, params: ofDocument, query: contentQuery },
            summary: "The file of a document, or a range of it",
            answers: {
              200: { description: "The file", body: file, mediaType: "application/octet-stream" },
              206: { description: "The range", body: file, mediaType: "application/octet-stream" },
            },
            refusals: { ...noDocument, ...unopened },
          },
        ],
        [
          `GET ${path.part("thumbnail")}`,
          {
            ...{ tag, id: `read${name}DocumentThumbnail`, params: ofDocument, query: contentQuery },
            summary: "The small picture of an image, or of a PDF's first page",
            answers: { 200: { description: "The picture", body: file, mediaType: "image/webp" } },
            refusals: { ...noDocument, ...unopened, NOT_FOUND: "it has none" },
          },
        ],
      ];
    }),
  );
