import { documentsZipApiPath, uploadsApiPath } from "@mgs/documents/addresses";
import { ACCEPTED_FILES } from "@mgs/documents/contract/media-types";
import { ActionButton } from "@mgs/shell/actions/action-button";
import { UploadArea, UploadsProvider } from "@mgs/shell/documents/uploads";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { EmptyState } from "@mgs/ui/empty-state";
import { FileArchive, Paperclip } from "lucide-react";
import type { ReactNode } from "react";
import { DocumentItem } from "./document-item";
import { documentTexts } from "./document-texts";
import type { DocumentsCardProps } from "./documents-card-props";

/** The documents of a record: uploads, the list with small pictures, and what can be restored. It stands within `RecordUploads`. */
export function DocumentsCard(props: DocumentsCardProps) {
  const { subject, subjectId, documents, mayAttach, locale } = props;
  const t = documentTexts(locale);
  const list = <DocumentList {...props} />;
  return (
    <Card>
      <CardHeader
        title={t("title")}
        icon={<Paperclip aria-hidden />}
        action={
          documents.length > 1 ? (
            <a
              href={documentsZipApiPath(subject, subjectId)}
              download
              className={buttonStyles({ variant: "ghost", size: "sm" })}
            >
              <FileArchive aria-hidden />
              {t("downloadAll")}
            </a>
          ) : null
        }
      />
      {mayAttach ? <UploadArea>{list}</UploadArea> : list}
    </Card>
  );
}

/** The uploads of a page to its record: its documents, and other parts that take files. */
export function RecordUploads({
  subject,
  subjectId,
  children,
}: Pick<DocumentsCardProps, "subject" | "subjectId"> & { children: ReactNode }) {
  return (
    <UploadsProvider uploadsPath={uploadsApiPath(subject, subjectId)} accept={ACCEPTED_FILES}>
      {children}
    </UploadsProvider>
  );
}

function DocumentList(props: DocumentsCardProps) {
  const { documents, deleted, locale, timeZone, actions } = props;
  const t = documentTexts(locale);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone });
  return (
    <>
      {documents.length > 0 ? (
        <ul aria-label={t("title")} className="divide-y divide-line">
          {documents.map((document) => (
            <DocumentItem key={document.id} {...props} document={document} />
          ))}
        </ul>
      ) : (
        <EmptyState icon={<Paperclip />} title={t("empty")} {...(props.mayAttach ? { text: t("emptyHint") } : {})} />
      )}
      {deleted.length > 0 ? (
        <details className="border-line border-t">
          <summary className="cursor-pointer px-4 py-3 text-muted text-sm sm:px-6">
            {t("bin", { count: deleted.length })}
          </summary>
          <ul className="divide-y divide-line">
            {deleted.map(({ id, name, deleted: deletion }) => (
              <li key={id} data-document={id} className="flex flex-wrap items-center gap-3 px-4 py-3 sm:px-6">
                <div className="min-w-0 flex-1 basis-56">
                  <p className="break-words font-medium">
                    <bdi>{name}</bdi>
                  </p>
                  {deletion ? (
                    <p className="text-muted text-xs">
                      {t("binUntil", {
                        person: deletion.by.name,
                        date: day.format(new Date(deletion.restorable_until)),
                      })}
                    </p>
                  ) : null}
                </div>
                <ActionButton
                  variant="secondary"
                  size="sm"
                  label={t("restoreLabel", { name })}
                  action={actions.restore.bind(null, id)}
                >
                  {t("restore")}
                </ActionButton>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}
