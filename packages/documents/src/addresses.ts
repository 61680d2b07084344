import { type Subject, subjectApiPath } from "@mgs/records/subject";

type Segment = Pick<Subject, "segment">;

/** Addresses of a record's documents, in the API. `{id}` and `{documentId}` stand for themselves in declarations of routes. */
export const documentsApiPath = (subject: Segment, id: string): `/${string}` =>
  subjectApiPath(subject, id, "documents");
export const documentsZipApiPath = (subject: Segment, id: string): `/${string}` =>
  subjectApiPath(subject, id, "documents.zip");
export const uploadsApiPath = (subject: Segment, id: string): `/${string}` =>
  subjectApiPath(subject, id, "documents/uploads");
export const uploadApiPath = (subject: Segment, id: string, uploadId: string): `/${string}` =>
  `${uploadsApiPath(subject, id)}/${uploadId}`;
export const documentApiPath = (subject: Segment, id: string, documentId: string): `/${string}` =>
  `${documentsApiPath(subject, id)}/${documentId}`;

/** @param part `content`, `thumbnail`, `versions` or `restore` */
export const documentPartApiPath = (
  subject: Segment,
  id: string,
  documentId: string,
  part: "content" | "thumbnail" | "versions" | "restore",
): `/${string}` => `${documentApiPath(subject, id, documentId)}/${part}`;
