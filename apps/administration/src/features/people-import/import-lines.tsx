import { importPath } from "@mgs/identity/links";
import type { PlannedLine } from "@mgs/identity/people-imports/import-line";
import { lineProblemTexts } from "@mgs/identity/people-imports/line-problem-texts";
import type { ImportPage, PeopleImport } from "@mgs/identity/people-imports/show-people-import";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import Link from "next/link";
import { EmailAddress } from "../console/email-address";
import { DataCell, DataRow, DataTable } from "../console/table";
import type { ConsoleTexts } from "../console/texts";
import { importTexts } from "./import-texts";

export const SHOWN_OUTCOMES = ["bad", "create", "change"] as const;
/** Lines that a page shows; those that change nothing are counted alone. */
export type ShownOutcome = (typeof SHOWN_OUTCOMES)[number];

type ImportLinesProps = {
  texts: ConsoleTexts;
  file: PeopleImport & { page: ImportPage };
  shown: ShownOutcome;
  after: number;
  roleNames: ReadonlyMap<string, string>;
};

/** Lines of one outcome, by pages, with links to the others. */
export function ImportLines({ texts, file, shown, after, roleNames }: ImportLinesProps) {
  const t = importTexts(texts.locale);
  const counts = { bad: file.problems, create: file.creates, change: file.changes };
  const others = SHOWN_OUTCOMES.filter((outcome) => outcome !== shown && counts[outcome] > 0);
  if (counts[shown] === 0) return null;
  const button = buttonStyles({ variant: "secondary", size: "sm" });
  return (
    <Card>
      <CardHeader
        title={t(`result.linesOf.${shown}`)}
        action={
          <span className="flex flex-wrap gap-2">
            {others.map((outcome) => (
              <Link key={outcome} href={importPath(file.id, { lignes: outcome })} className={button}>
                {t(`result.linesOf.${outcome}`)}
              </Link>
            ))}
          </span>
        }
      />
      {shown === "bad" ? (
        <BadLines texts={texts} lines={file.page.lines} />
      ) : (
        <GoodLines texts={texts} lines={file.page.lines} roleNames={roleNames} />
      )}
      {after > 0 || file.page.next !== null ? (
        <nav
          aria-label={t(`result.linesOf.${shown}`)}
          className="flex flex-wrap justify-between gap-2 border-line border-t p-4"
        >
          {after > 0 ? (
            <Link href={importPath(file.id, { lignes: shown })} className={button}>
              {t("result.first")}
            </Link>
          ) : (
            <span />
          )}
          {file.page.next === null ? null : (
            <Link
              href={importPath(file.id, { lignes: shown, apres: String(file.page.next) })}
              prefetch={false}
              className={button}
            >
              {t("result.next")}
            </Link>
          )}
        </nav>
      ) : null}
    </Card>
  );
}

function BadLines({ texts, lines }: { texts: ConsoleTexts; lines: readonly PlannedLine[] }) {
  const t = importTexts(texts.locale);
  const describe = lineProblemTexts(texts.locale);
  const problems = lines.flatMap((line) =>
    line.outcome === "bad" ? line.problems.map((problem, index) => ({ line, problem, index })) : [],
  );
  return (
    <DataTable
      label={t("result.linesOf.bad")}
      columns={[t("result.line"), t("result.column"), t("result.email"), t("result.reason")]}
    >
      {problems.map(({ line, problem, index }) => (
        <DataRow key={`${line.line}-${index}`}>
          <DataCell holds="figures" name={t("result.line")} className="tabular-nums">
            {line.line}
          </DataCell>
          <DataCell name={t("result.column")}>
            <bdi>{problem.column ?? t("result.wholeLine")}</bdi>
          </DataCell>
          <DataCell holds="address" name={t("result.email")} className="text-muted">
            <EmailAddress email={line.email ?? "–"} />
          </DataCell>
          <DataCell name={t("result.reason")}>{describe(problem)}</DataCell>
        </DataRow>
      ))}
    </DataTable>
  );
}

type GoodLinesProps = { texts: ConsoleTexts; lines: readonly PlannedLine[]; roleNames: ReadonlyMap<string, string> };

function GoodLines({ texts, lines, roleNames }: GoodLinesProps) {
  const t = importTexts(texts.locale);
  const roleName = (slug: string) => roleNames.get(slug) ?? slug;
  const change = (before: string | undefined, after: string) =>
    before === undefined || before === after ? after : t("result.was", { before, after });
  return (
    <DataTable
      label={t("result.linesOf.create")}
      columns={[t("result.line"), t("result.email"), t("result.name"), t("result.role"), t("result.locale")]}
    >
      {lines.map((line) => {
        if (line.outcome === "bad") return null;
        const { email, name, role, locale } = line.person;
        const before = line.outcome === "change" ? line.before : undefined;
        return (
          <DataRow key={line.line}>
            <DataCell holds="figures" name={t("result.line")} className="tabular-nums">
              {line.line}
            </DataCell>
            <DataCell holds="address" name={t("result.email")} className="text-muted">
              <EmailAddress email={email} />
            </DataCell>
            <DataCell name={t("result.name")}>
              <bdi>{change(before?.name, name)}</bdi>
            </DataCell>
            <DataCell name={t("result.role")}>
              <bdi>{change(before && roleName(before.role), roleName(role))}</bdi>
            </DataCell>
            <DataCell holds="figures" name={t("result.locale")}>
              {change(before?.locale, locale)}
            </DataCell>
          </DataRow>
        );
      })}
    </DataTable>
  );
}
