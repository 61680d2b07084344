import { peoplePath, personPath, queuesPath } from "@mgs/console/links";
import { ERROR_STATUS, type ErrorCode } from "@mgs/core/errors";
import { errorMessage } from "@mgs/i18n/translate";
import type { BatchJob } from "@mgs/identity/batches/show-batch-job";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Alert } from "@mgs/ui/alert";
import { Badge } from "@mgs/ui/badge";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { BackLink } from "../console/back-link";
import type { ConsoleTexts } from "../console/texts";
import { batchJobProgress, batchJobTitle } from "./batch-job-texts";

type BatchJobViewProps = { texts: ConsoleTexts; job: BatchJob; cancel?: () => Promise<ActionResult> };

/** How far a job is; the page asks again while it goes on. */
export function BatchJobView({ texts, job, cancel }: BatchJobViewProps) {
  const { t, locale } = texts;
  const reasonOf = (code: string) =>
    errorMessage(code in ERROR_STATUS ? (code as ErrorCode) : "INTERNAL_ERROR", locale);
  const refusalText = ({ id, name, code }: BatchJob["refusals"][number]) => {
    const reason = reasonOf(code);
    if (job.kind === "import") return t("people.job.refusalLine", { id: String(id), reason });
    return name === null
      ? t("people.job.refusalGone", { id: String(id), reason })
      : t("people.job.refusal", { name, reason });
  };
  const { done, skipped, total } = job;
  const share = total === 0 ? 1 : Math.min(1, (done + skipped) / total);
  return (
    <div className="grid gap-6">
      <Card>
        <CardBody className="grid gap-4">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p>{batchJobProgress(texts, job)}</p>
            <Badge tone={job.cancelled ? "warning" : job.finished ? "success" : job.error ? "danger" : "accent"}>
              {t(job.cancelled ? "people.job.cancelled" : job.finished ? "people.job.finished" : "people.job.running")}
            </Badge>
          </div>
          <progress
            className="h-2 w-full appearance-none overflow-hidden rounded-full bg-subtle [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-subtle [&::-webkit-progress-value]:bg-accent"
            max={1}
            value={job.finished && !job.cancelled ? 1 : share}
            aria-label={t("people.job.title")}
          />
          {job.finished || job.error ? null : <p className="text-muted">{t("people.job.intro")}</p>}
          {job.from === null || job.from.name === null ? null : (
            <a href={personPath(job.from.id)} className="justify-self-start underline underline-offset-4">
              {t("people.job.person", { name: job.from.name })}
            </a>
          )}
          {job.error && !job.finished ? (
            <Alert tone="danger" title={t("people.job.stopped", { reason: reasonOf(job.error) })}>
              <a href={queuesPath()} className="underline">
                {t("people.job.stoppedHint")}
              </a>
            </Alert>
          ) : null}
        </CardBody>
      </Card>
      {job.cancellable && cancel ? (
        <div>
          <ActionButton
            variant="secondary"
            action={cancel}
            confirm={{
              title: t("people.job.cancelTitle"),
              text: t("people.job.cancelConfirm"),
              submit: t("people.job.cancel"),
              cancel: t("cancel"),
              close: t("close"),
              danger: true,
            }}
          >
            {t("people.job.cancel")}
          </ActionButton>
        </div>
      ) : null}
      {job.refusals.length > 0 ? (
        <Card>
          <CardHeader title={t("people.job.refusals")} />
          <CardBody>
            <ul className="grid gap-1">
              {job.refusals.map((refusal) => (
                <li key={refusal.id} className="break-words">
                  {refusalText(refusal)}
                </li>
              ))}
            </ul>
          </CardBody>
        </Card>
      ) : null}
    </div>
  );
}

type BatchJobPageProps = { texts: ConsoleTexts; job: BatchJob; children: React.ReactNode };

/** `/console/personnes/taches/{id}` */
export function BatchJobPage({ texts, job, children }: BatchJobPageProps) {
  const { t } = texts;
  return (
    <div className="max-w-3xl">
      <BackLink href={peoplePath()}>{t("people.job.back")}</BackLink>
      <PageHeader title={batchJobTitle(texts, job)} />
      {children}
    </div>
  );
}
