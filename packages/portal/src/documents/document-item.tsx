import type { Locale } from "@mgs/core/locale";
import { documentPartApiPath } from "@mgs/documents/addresses";
import type { DocumentDto } from "@mgs/documents/contract/document";
import { messagesFor } from "@mgs/i18n/catalogue";
import { ActionButton } from "@mgs/shell/actions/action-button";
import { formatBytes } from "@mgs/shell/documents/format-bytes";
import { ImagePreview } from "@mgs/shell/documents/image-preview";
import { ReplaceButton } from "@mgs/shell/documents/uploads";
import { RelativeTime } from "@mgs/shell/time/relative";
import { Badge } from "@mgs/ui/badge";
import { buttonStyles } from "@mgs/ui/button";
import { Download, File, FileImage, FileText } from "lucide-react";
import { documentTexts } from "./document-texts";
import type { DocumentsCardProps } from "./documents-card-props";

/** One document: its picture or sign, its name, who stored it, its versions, and what may be done with it. */
export function DocumentItem({
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

/** The small picture of an image, which opens the whole one, or of a PDF's first page; for other files the sign of their kind. */
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
  const place = current.preview === "pdf" ? "object-top" : "object-center";
  const picture = (
    <img src={`${thumbnail}?${version}`} alt="" loading="lazy" className={`${frame} object-cover ${place}`} />
  );
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
