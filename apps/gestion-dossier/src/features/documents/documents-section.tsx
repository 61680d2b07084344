import type { UserActor } from "@mgs/core/actor";
import type { Locale } from "@mgs/core/locale";
import { listDocuments } from "@mgs/documents/list-documents";
import { DocumentsCard } from "@mgs/portal/documents/documents-card";
import type { Subject } from "@mgs/records/subject";
import { removeDocument, restoreRecordDocument } from "../../app/(portal)/documents.action";
import type { portal } from "../../portal";

type DocumentsSectionProps = {
  subject: Subject;
  subjectId: string;
  actor: UserActor;
  runtime: ReturnType<typeof portal.runtime>;
  /** Of the reader. */
  texts: { locale: Locale; timeZone: string };
};

/** The documents of a record. */
export async function DocumentsSection({ subject, subjectId, actor, runtime, texts }: DocumentsSectionProps) {
  const [documents, deleted, view] = await Promise.all([
    listDocuments(runtime, actor, subject, subjectId, {}),
    listDocuments(runtime, actor, subject, subjectId, { deleted: "true" }),
    subject.find(runtime, actor, subjectId),
  ]);
  return (
    <DocumentsCard
      subject={subject}
      subjectId={subjectId}
      documents={documents}
      deleted={deleted}
      mayAttach={view?.may.attach ?? false}
      locale={texts.locale}
      timeZone={texts.timeZone}
      actions={{
        remove: removeDocument.bind(null, subject.segment, subjectId),
        restore: restoreRecordDocument.bind(null, subject.segment, subjectId),
      }}
    />
  );
}
