import type { Locale } from "@mgs/core/locale";
import { documentPartApiPath, documentsZipApiPath, uploadsApiPath } from "@mgs/documents/addresses";
import type { DocumentDto } from "@mgs/documents/contract/document";
import { ACCEPTED_FILES } from "@mgs/documents/contract/media-types";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { formatBytes } from "@mgs/shell/documents/format-bytes";
import { ImagePreview } from "@mgs/shell/documents/image-preview";
import { ReplaceButton, UploadArea, UploadsProvider } from "@mgs/shell/documents/uploads";
import { RelativeTime } from "@mgs/shell/time/relative";
import { Badge } from "@mgs/ui/badge";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { EmptyState } from "@mgs/ui/empty-state";
import { Download, File, FileArchive, FileImage, FileText, Paperclip } from "lucide-react";
import type { ReactNode } from "react";

export type DocumentActions = {
  remove: (documentId: string) => Promise<ActionResult>;
  restore: (documentId: string) => Promise<ActionResult>;
};

type DocumentsCardProps = {
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

/** The texts of documents in one language; those of uploads are in the browser as well. */
export function documentTexts(locale: Locale) {
  const { documents } = messagesFor(locale);
  return createTranslator(locale, { documents }, "documents");
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

function DocumentItem({
  document,
  subject,
  subjectId,
  locale,
  actions,
}: DocumentsCardProps & { document: DocumentDto }) {
  const t = documentTexts(locale);
  const { id, name, current, may } = document;
  const content = documentPartApiPath(subject, subjectId, id, "content");
  return (
    <li data-document={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-6">
      <Picture
        document={document}
        content={content}
        thumbnail={documentPartApiPath(subject, subjectId, id, "thumbnail")}
        locale={locale}
      />
      <div className="grid min-w-0 flex-1 basis-48 gap-0.5">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {current.state === "ready" ? (
            <a
              href={current.preview === null ? content : `${content}?inline=true`}
              {...(current.preview === null ? { download: true } : { target: "_blank", rel: "noopener" })}
              className="min-w-0 break-words font-medium text-accent-ink underline-offset-2 hover:underline"
            >
              <bdi>{name}</bdi>
            </a>
          ) : (
            <span className="min-w-0 break-words font-medium">
              <bdi>{name}</bdi>
            </span>
          )}
          {current.version > 1 ? <Badge>{t("version", { number: current.version })}</Badge> : null}
          {current.state === "ready" ? null : (
            <Badge tone={current.state === "scanning" ? "warning" : "danger"}>{t(current.state)}</Badge>
          )}
        </p>
        <p className="break-words text-muted text-xs">
          {t("by", { person: current.uploaded_by.name, size: formatBytes(current.bytes, locale) })} ·{" "}
          <RelativeTime iso={current.uploaded_at} />
        </p>
        <EarlierVersions count={current.version - 1} content={content} locale={locale} />
      </div>
      <div className="flex flex-wrap items-center gap-1">
        {current.state === "ready" ? (
          <a
            href={content}
            download
            aria-label={t("download", { name })}
            className={buttonStyles({ variant: "ghost", size: "icon" })}
          >
            <Download aria-hidden />
          </a>
        ) : null}
        {may.replace ? <ReplaceButton documentId={id} name={name} /> : null}
        {may.delete ? (
          <ActionButton
            variant="ghost"
            size="sm"
            label={t("deleteLabel", { name })}
            action={actions.remove.bind(null, id)}
            confirm={{
              title: t("deleteTitle"),
              text: t("deleteText", { name }),
              submit: t("delete"),
              cancel: t("keep"),
              close: messagesFor(locale).shell.close,
              danger: true,
            }}
          >
            {t("delete")}
          </ActionButton>
        ) : null}
      </div>
    </li>
  );
}

/** Versions before the current one, each as a link to its file. */
function EarlierVersions({ count, content, locale }: { count: number; content: string; locale: Locale }) {
  const t = documentTexts(locale);
  if (count === 0) return null;
  const numbers = Array.from({ length: count }, (_, index) => count - index);
  return (
    <details className="text-xs">
      <summary className="cursor-pointer text-muted">{t("versions", { count })}</summary>
      <p className="flex flex-wrap gap-x-3 gap-y-1 pt-1">
        {numbers.map((number) => (
          <a key={number} href={`${content}?version=${number}`} download className="text-accent-ink underline">
            {t("version", { number })}
          </a>
        ))}
      </p>
    </details>
  );
}

type PictureProps = { document: DocumentDto; content: string; thumbnail: string; locale: Locale };

/** The small picture of an image, which opens the whole one; for other files the sign of their kind. */
function Picture({ document: { name, current }, content, thumbnail }: PictureProps) {
  const frame =
    "flex size-12 items-center justify-center overflow-hidden rounded-lg border border-line bg-subtle text-muted [&_svg]:size-5";
  const version = `version=${current.version}`;
  if (!current.has_thumbnail) {
    return (
      <span aria-hidden className={`${frame} shrink-0`}>
        <Sign mediaType={current.media_type} />
      </span>
    );
  }
  const picture = <img src={`${thumbnail}?${version}`} alt="" loading="lazy" className={`${frame} object-cover`} />;
  if (current.preview !== "image") return picture;
  return (
    <ImagePreview name={name} src={`${content}?inline=true&${version}`}>
      {picture}
    </ImagePreview>
  );
}

function Sign({ mediaType }: { mediaType: string }) {
  if (mediaType.startsWith("image/")) return <FileImage />;
  return mediaType === "application/pdf" || mediaType.startsWith("text/") ? <FileText /> : <File />;
}
