import type { Locale } from "@mgs/core/locale";
import type { DocumentDto } from "@mgs/documents/contract/document";
import type { ActionResult } from "@mgs/shell/actions/action-result";

export type DocumentActions = {
  remove: (documentId: string, idempotencyKey: string, socketId: string | undefined) => Promise<ActionResult>;
  restore: (documentId: string, idempotencyKey: string, socketId: string | undefined) => Promise<ActionResult>;
};

export type DocumentsCardProps = {
  subject: { segment: string };
  subjectId: string;
  documents: readonly DocumentDto[];
  /** Those that the reader may restore. */
  deleted: readonly DocumentDto[];
  mayAttach: boolean;
  locale: Locale;
  timeZone: string;
  actions: DocumentActions;
};
