import { listDocuments } from "@mgs/documents/list-documents";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { DocumentsCard } from "@mgs/portal/documents/documents-card";
import type { DocumentActions } from "@mgs/portal/documents/documents-card-props";
import type { DossierContext } from "./dossier-context";

/** The documents of a dossier. */
export async function DocumentsSection({ context, actions }: { context: DossierContext; actions: DocumentActions }) {
  const { actor, dossier, runtime, texts } = context;
  const id = String(dossier.id);
  const [documents, deleted, view] = await Promise.all([
    listDocuments(runtime, actor, dossierSubject, id, {}),
    listDocuments(runtime, actor, dossierSubject, id, { deleted: "true" }),
    dossierSubject.find(runtime, actor, id),
  ]);
  return (
    <DocumentsCard
      subject={dossierSubject}
      subjectId={id}
      documents={documents}
      deleted={deleted}
      mayAttach={view?.may.attach ?? false}
      locale={texts.locale}
      timeZone={texts.timeZone}
      actions={actions}
    />
  );
}
