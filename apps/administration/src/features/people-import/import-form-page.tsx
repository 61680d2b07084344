import { peoplePath } from "@mgs/console/links";
import { ERROR_STATUS, type ErrorCode } from "@mgs/core/errors";
import { messagesFor } from "@mgs/i18n/catalogue";
import { errorMessage } from "@mgs/i18n/translate";
import { importsApiPath } from "@mgs/identity/links";
import { FILE_PROBLEMS, type FileProblem } from "@mgs/identity/people-imports/file-problem";
import { listRoleChoices } from "@mgs/identity/roles/list-roles";
import { SubmitButton } from "@mgs/shell/actions/submit-button";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Alert } from "@mgs/ui/alert";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { cn } from "@mgs/ui/cn";
import { Field } from "@mgs/ui/field";
import { controlStyles } from "@mgs/ui/input";
import { Select } from "@mgs/ui/select";
import { BackLink } from "../console/back-link";
import type { ConsoleContext } from "../console/console-context";
import { importTexts } from "./import-texts";

/** Why the form's last file was refused, as the address says it. */
export type ImportRefusal = { problem: FileProblem; line: number | null } | { error: ErrorCode } | null;

export function readImportRefusal(params: Record<string, string | string[] | undefined>): ImportRefusal {
  const problem = FILE_PROBLEMS.find((one) => one === params.problem);
  const line = Number(params.line);
  if (problem) return { problem, line: Number.isInteger(line) && line > 0 ? line : null };
  const error = typeof params.error === "string" && params.error in ERROR_STATUS ? (params.error as ErrorCode) : null;
  return error ? { error } : null;
}

/** `/console/personnes/importer`: a file of people, which is checked first. The form needs no scripts. */
export async function ImportFormPage({ context, refusal }: { context: ConsoleContext; refusal: ImportRefusal }) {
  const { runtime, actor, texts } = context;
  const t = importTexts(texts.locale);
  const roles = (await listRoleChoices(runtime, actor)).filter(({ mayGive }) => mayGive);
  return (
    <div className="max-w-2xl">
      <BackLink href={peoplePath()}>{texts.t("people.person.back")}</BackLink>
      <PageHeader title={t("title")} intro={t("intro")} />
      <div className="grid gap-6">
        <RefusalAlert refusal={refusal} locale={texts.locale} />
        <Card>
          <CardBody>
            <form method="post" action={importsApiPath()} encType="multipart/form-data" className="grid gap-5">
              <Field label={t("file")} description={t("fileHint")}>
                {(aria) => (
                  <input
                    {...aria}
                    type="file"
                    name="file"
                    accept=".csv,.txt,text/csv,text/plain"
                    required
                    className={cn(
                      controlStyles,
                      "h-auto py-2 file:me-3 file:rounded-md file:border-0 file:bg-accent-soft file:px-3 file:py-1.5 file:font-medium file:text-accent-ink",
                    )}
                  />
                )}
              </Field>
              <Field label={t("role")}>
                {(aria) => (
                  <Select {...aria} name="role" defaultValue="">
                    <option value="">{t("noRole")}</option>
                    {roles.map(({ slug, names }) => (
                      <option key={slug} value={slug}>
                        {names[texts.locale]}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
              <div>
                <SubmitButton>{t("check")}</SubmitButton>
              </div>
            </form>
          </CardBody>
        </Card>
        <Card>
          <CardHeader title={t("columns.title")} description={t("columns.text")} />
          <CardBody>
            <ul className="grid list-disc gap-1 ps-5">
              {(["name", "email", "role", "locale", "others"] as const).map((column) => (
                <li key={column}>{t(`columns.${column}`)}</li>
              ))}
            </ul>
            <p className="mt-3 font-medium">{t("columns.password")}</p>
          </CardBody>
        </Card>
      </div>
    </div>
  );
}

function RefusalAlert({ refusal, locale }: { refusal: ImportRefusal; locale: "fr" | "en" }) {
  if (!refusal) return null;
  const t = importTexts(locale);
  if ("error" in refusal) return <Alert tone="danger">{errorMessage(refusal.error, locale)}</Alert>;
  const title = refusal.line === null ? t("refused") : t("refusedAt", { line: refusal.line });
  return (
    <Alert tone="danger" title={title}>
      {messagesFor(locale).peopleImport.fileProblems[refusal.problem]}
    </Alert>
  );
}
