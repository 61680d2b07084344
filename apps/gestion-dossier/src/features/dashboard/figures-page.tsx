import { type DossierFigures, type FigureQuery, MAX_COUNTED } from "@mgs/dossiers/contract/figures";
import { dossiersPath } from "@mgs/dossiers/links";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import Link from "next/link";
import type { ReactNode } from "react";
import type { WorkTexts } from "../dossier/work-texts";
import { Bars } from "./bars";

type FiguresPageProps = { texts: WorkTexts; figures: DossierFigures };

const href = (query: FigureQuery) => `${dossiersPath()}?${new URLSearchParams(query)}`;

/** `/dossiers/tableau-de-bord`: figures of the dossiers that the reader sees, each with the way to its list. */
export function FiguresPage({ texts, figures }: FiguresPageProps) {
  const { t, day, locale } = texts;
  const number = new Intl.NumberFormat(locale);
  const write = (count: number) =>
    count >= MAX_COUNTED ? t("figures.many", { count: number.format(count) }) : number.format(count);
  const nameOf = ({ assignee }: DossierFigures["waiting"][number]) => assignee?.name ?? t("figures.nobody");
  return (
    <>
      <PageHeader title={t("figures.title")} intro={t("figures.intro")} />
      <ul aria-label={t("figures.mine")} className="mb-6 grid grid-cols-2 gap-4 lg:grid-cols-4">
        {figures.mine.map(({ name, count, query }) => (
          <li key={name}>
            <Card>
              <Link href={href(query)} className="block rounded-xl p-4 hover:bg-subtle">
                <span className="block font-semibold text-2xl tabular-nums">{write(count)}</span>
                <span className="block break-words text-muted text-sm">{t(`figures.mineNames.${name}`)}</span>
              </Link>
            </Card>
          </li>
        ))}
      </ul>
      <div className="grid gap-6 xl:grid-cols-2">
        <Chart
          title={t("figures.waiting")}
          empty={figures.waiting.length === 0 ? t("figures.emptyWaiting") : null}
          chart={
            <Bars
              direction="across"
              fills={["fill-danger", "fill-accent"]}
              bars={figures.waiting.map((row) => ({ name: nameOf(row), parts: [row.overdue, row.open - row.overdue] }))}
            />
          }
          heads={[t("figures.person"), t("figures.open"), t("figures.overdue")]}
          rows={figures.waiting.map((row) => ({
            ...{ key: nameOf(row), name: nameOf(row), query: row.query },
            cells: [write(row.open), write(row.overdue)],
          }))}
        />
        <Chart
          title={t("figures.ages")}
          empty={null}
          chart={
            <Bars
              direction="up"
              fills={["fill-accent"]}
              bars={figures.ages.map(({ name, count }) => ({ name, parts: [count] }))}
            />
          }
          heads={[t("figures.age"), t("figures.open")]}
          rows={figures.ages.map(({ name, count, query }) => ({
            ...{ key: name, name: t(`figures.ageNames.${name}`), query, cells: [write(count)] },
          }))}
        />
        <Chart
          title={t("figures.decisions")}
          wide
          empty={
            figures.decisions.every(({ valide, rejete }) => valide + rejete === 0) ? t("figures.emptyDecisions") : null
          }
          chart={
            <Bars
              direction="up"
              fills={["fill-success-ink", "fill-danger"]}
              bars={figures.decisions.map(({ week, valide, rejete }) => ({ name: week, parts: [valide, rejete] }))}
            />
          }
          heads={[t("figures.week"), t("figures.approved"), t("figures.rejected")]}
          rows={figures.decisions.map(({ week, valide, rejete, query }) => ({
            ...{
              key: week,
              name: t("figures.weekOf", { date: day(week) }),
              query,
              cells: [write(valide), write(rejete)],
            },
          }))}
        />
      </div>
    </>
  );
}

type ChartProps = {
  title: string;
  /** It has a row of the page for itself: its table stands beside the chart. */
  wide?: boolean;
  empty: string | null;
  chart: ReactNode;
  heads: readonly string[];
  rows: readonly { key: string; name: string; query: FigureQuery; cells: readonly string[] }[];
};

/** A chart with its table, of which each row leads to its list. */
function Chart({ title, wide = false, empty, chart, heads, rows }: ChartProps) {
  return (
    <Card className={wide ? "xl:col-span-2" : undefined}>
      <CardHeader title={title} />
      {empty === null ? (
        <CardBody className={wide ? "grid items-start gap-x-12 gap-y-4 xl:grid-cols-2" : "grid content-start gap-4"}>
          {chart}
          <table className="w-full text-sm">
            <thead>
              <tr className="text-muted text-xs">
                {heads.map((head, place) => (
                  <th
                    key={head}
                    scope="col"
                    className={place === 0 ? "py-1 text-start font-medium" : "py-1 text-end font-medium"}
                  >
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {rows.map(({ key, name, query, cells }) => (
                <tr key={key}>
                  <th scope="row" className="py-1.5 pe-3 text-start font-normal">
                    <Link
                      href={href(query)}
                      className="inline-flex min-h-6 items-center break-words text-accent-ink hover:underline"
                    >
                      {name}
                    </Link>
                  </th>
                  {cells.map((cell, place) => (
                    <td key={heads[place + 1]} className="py-1.5 text-end tabular-nums">
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </CardBody>
      ) : (
        <p className="px-4 py-4 text-muted text-sm sm:px-6">{empty}</p>
      )}
    </Card>
  );
}
