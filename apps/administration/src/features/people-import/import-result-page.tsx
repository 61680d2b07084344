import { batchJobPath } from "@mgs/console/links";
import { importProblemsPath, newImportPath } from "@mgs/identity/links";
import type { ImportPage, PeopleImport } from "@mgs/identity/people-imports/show-people-import";
import { ActionSelect } from "@mgs/shell/actions/action-choices";
import { ActionForm } from "@mgs/shell/actions/action-form";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Alert } from "@mgs/ui/alert";
import { buttonStyles } from "@mgs/ui/button";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { Download } from "lucide-react";
import Link from "next/link";
import { BackLink } from "../console/back-link";
import type { ConsoleContext } from "../console/console-context";
import { ImportLines, type ShownOutcome } from "./import-lines";
import { importTexts } from "./import-texts";

type ImportResultPageProps = {
  context: ConsoleContext;
  file: PeopleImport & { page: ImportPage };
  shown: ShownOutcome;
  after: number;
  roleNames: ReadonlyMap<string, string>;
  apply: (values: FormValues) => Promise<ActionResult>;
};

/** `/console/personnes/imports/{id}`: what a checked file would do, line by line, and the button that does it. */
export function ImportResultPage({ context, file, shown, after, roleNames, apply }: ImportResultPageProps) {
  const { texts } = context;
  const t = importTexts(texts.locale);
  const counts = [
    ["create", file.creates],
    ["change", file.changes],
    ["unchanged", file.unchanged],
    ["bad", file.problems],
  ] as const;
  return (
    <div className="max-w-4xl">
      <BackLink href={newImportPath()}>{t("result.back")}</BackLink>
      <PageHeader
        title={t("result.title", { file: file.file_name })}
        intro={file.job_id === null ? t("result.intro") : null}
      />
      <div className="grid gap-6">
        <Card>
          <CardHeader title={t("result.counts")} />
          <CardBody className="grid gap-4">
            <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
              {counts.map(([outcome, count]) => (
                <div key={outcome} className="flex flex-col-reverse">
                  <dt className="text-muted">{t(`result.${outcome}`)}</dt>
                  <dd
                    data-count={outcome}
                    className={`font-semibold text-2xl tabular-nums ${outcome === "bad" && count > 0 ? "text-danger-ink" : ""}`}
                  >
                    {texts.number(count)}
                  </dd>
                </div>
              ))}
            </dl>
            {file.encoding || file.ignored_columns.length > 0 ? (
              <p className="break-words text-muted">
                {file.encoding ? `${t("result.read", { encoding: file.encoding })} ` : ""}
                {file.ignored_columns.length > 0
                  ? t("result.ignored", { columns: file.ignored_columns.join(", ") })
                  : ""}
              </p>
            ) : null}
          </CardBody>
        </Card>
        <NextStep {...{ context, file, apply }} />
        <ImportLines {...{ texts, file, shown, after, roleNames }} />
      </div>
    </div>
  );
}

/** What can be done with the file: correct it, import it, or follow the import. */
function NextStep({ context: { texts }, file, apply }: Pick<ImportResultPageProps, "context" | "file" | "apply">) {
  const t = importTexts(texts.locale);
  if (file.job_id !== null) {
    return (
      <Alert title={t("result.started")}>
        <Link href={batchJobPath(file.job_id)} className="underline underline-offset-4">
          {t("result.follow")}
        </Link>
      </Alert>
    );
  }
  if (file.problems > 0) {
    return (
      <Alert tone="danger" title={t("result.wrong", { count: file.problems })}>
        <p>{t("result.correct")}</p>
        <p className="mt-3">
          <a href={importProblemsPath(file.id)} className={buttonStyles({ variant: "secondary", size: "wrap" })}>
            <Download aria-hidden />
            {t("result.download")}
          </a>
        </p>
      </Alert>
    );
  }
  if (file.creates + file.changes === 0) return <Alert>{t("result.nothing")}</Alert>;
  return (
    <Card>
      <CardHeader title={t("result.apply")} description={t("result.applyText")} />
      <CardBody>
        <ActionForm action={apply} submit={t("result.apply")}>
          {file.creates > 0 ? (
            <ActionSelect
              name="invites"
              label={t("result.invites")}
              defaultValue="yes"
              options={[
                { value: "yes", label: t("result.invite") },
                { value: "no", label: t("result.later") },
              ]}
            />
          ) : null}
        </ActionForm>
      </CardBody>
    </Card>
  );
}
