import { authorName } from "@mgs/comments/contract/comment";
import type { CommentReport } from "@mgs/comments/contract/reports";
import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import { ActionButton } from "@mgs/shell/actions/action-button";
import { ActionForm, type ActionFormProps } from "@mgs/shell/actions/action-form";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { ActionText } from "@mgs/shell/actions/action-text";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { RelativeTime } from "@mgs/shell/time/relative";
import { MarkdownText } from "@mgs/shell/writing/markdown-text";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { EmptyState } from "@mgs/ui/empty-state";
import { Flag } from "lucide-react";
import Link from "next/link";
import { Disclosure } from "../dossier/disclosure";

type ModerationPageProps = {
  /** Null: the reader does not moderate. */
  reports: readonly CommentReport[] | null;
  /** Null: the reader does not keep the list. */
  words: readonly string[] | null;
  locale: Locale;
  actions: {
    settle: (segment: string, subjectId: string, commentId: string) => Promise<ActionResult>;
    hide: (
      segment: string,
      subjectId: string,
      commentId: string,
      ...form: Parameters<ActionFormProps["action"]>
    ) => Promise<ActionResult>;
    saveWords: (values: FormValues) => Promise<ActionResult>;
  };
};

/** `/moderation`: comments that were reported, and the words that none may have. */
export function ModerationPage({ reports, words, locale, actions }: ModerationPageProps) {
  const { comments } = messagesFor(locale);
  const t = createTranslator(locale, { comments }, "comments.moderation");
  return (
    <div className="grid max-w-3xl gap-6">
      <PageHeader title={t("title")} intro={t("intro")} />
      {reports === null ? null : (
        <Card>
          <CardHeader title={t("reports")} icon={<Flag aria-hidden />} />
          {reports.length === 0 ? (
            <EmptyState icon={<Flag />} title={t("noReports")} text={t("noReportsHint")} />
          ) : (
            <ul className="divide-y divide-line">
              {reports.map((report) => (
                <li key={`${report.comment.id}-${report.reported_at}`} className="grid gap-2 px-4 py-4 sm:px-6">
                  <p className="text-muted text-xs">
                    {t("reportedBy", { name: report.reported_by })} · <RelativeTime iso={report.reported_at} />
                  </p>
                  <p className="break-words font-medium text-sm">{report.reason}</p>
                  <blockquote className="border-line border-s-4 ps-3">
                    <p className="text-muted text-xs">{authorName(report.comment.user)}</p>
                    <MarkdownText content={report.comment.content} names={[]} />
                  </blockquote>
                  {report.comment.thread_id === null ? null : <p className="text-muted text-xs">{t("private")}</p>}
                  <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
                    <Link
                      href={`${report.subject.path}#comment-${report.comment.id}`}
                      className="inline-flex min-h-control-sm min-w-0 items-center break-words text-accent-ink text-sm"
                    >
                      {report.subject.title}
                    </Link>
                    <ActionButton
                      variant="secondary"
                      size="sm"
                      action={actions.settle.bind(null, report.segment, report.subject.id, report.comment.id)}
                    >
                      {t("settle")}
                    </ActionButton>
                  </div>
                  <Disclosure summary={t("hide")}>
                    <ActionForm
                      action={actions.hide.bind(null, report.segment, report.subject.id, report.comment.id)}
                      submit={t("hideSubmit")}
                      submitVariant="secondary"
                    >
                      <ActionText name="reason" label={t("hideReason")} maxLength={500} rows={2} required />
                    </ActionForm>
                  </Disclosure>
                </li>
              ))}
            </ul>
          )}
        </Card>
      )}
      {words === null ? null : (
        <Card>
          <CardHeader title={t("words")} description={t("wordsHint")} />
          <CardBody>
            <ActionForm action={actions.saveWords} submit={t("save")}>
              <ActionText name="words" label={t("wordsLabel")} defaultValue={words.join("\n")} rows={8} />
            </ActionForm>
          </CardBody>
        </Card>
      )}
    </div>
  );
}
