import { type Counted, type DossierFigures, MAX_COUNTED } from "@mgs/dossiers/contract/figures";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Card } from "@mgs/ui/card";
import Link from "next/link";
import type { WorkTexts } from "../dossier/work-texts";
import { Bars } from "./bars";
import { type CellLabel, Chart, figureHref } from "./chart";

type FiguresPageProps = { texts: WorkTexts; figures: DossierFigures };

/** `/dossiers/tableau-de-bord`: figures of the dossiers that the reader sees, each with the way to its list. */
export function FiguresPage({ texts, figures }: FiguresPageProps) {
  const { t, day, locale } = texts;
  const number = new Intl.NumberFormat(locale);
  const write = (count: number) =>
    count >= MAX_COUNTED ? t("figures.many", { count: number.format(count) }) : number.format(count);
  const common = { write, label: (values: CellLabel) => t("figures.cell", values) };
  return (
    <>
      <PageHeader title={t("figures.title")} intro={t("figures.intro")} />
      <ul aria-label={t("figures.mine")} className="mb-6 grid grid-cols-2 gap-4 lg:grid-cols-4">
        {figures.mine.map(({ name, count, query }) => (
          <li key={name}>
            <Card>
              <Link href={figureHref(query)} className="block rounded-xl p-4 hover:bg-subtle">
                <span className="block font-semibold text-2xl tabular-nums">{write(count)}</span>
                <span className="block break-words text-muted text-sm">{t(`figures.mineNames.${name}`)}</span>
              </Link>
            </Card>
          </li>
        ))}
      </ul>
      <div className="grid gap-6 xl:grid-cols-2">
        <Chart
          {...common}
          title={t("figures.waiting")}
          empty={figures.waiting.length === 0 ? t("figures.emptyWaiting") : null}
          chart={<Bars direction="across" fills={LATE_FILLS} bars={figures.waiting.map(toLateBar)} />}
          heads={[t("figures.person"), t("figures.open"), t("figures.overdue")]}
          rows={figures.waiting.map(({ assignee, open, overdue }) => ({
            key: String(assignee?.id),
            name: assignee?.name ?? t("figures.nobody"),
            cells: [open, overdue],
          }))}
        />
        <Chart
          {...common}
          title={t("figures.opinions")}
          empty={figures.opinions.length === 0 ? t("figures.emptyOpinions") : null}
          chart={<Bars direction="across" fills={LATE_FILLS} bars={figures.opinions.map(toLateBar)} />}
          heads={[t("figures.asked"), t("figures.awaited"), t("figures.overdue")]}
          rows={figures.opinions.map(({ asked, open, overdue }) => ({
            key: asked.kind === "person" ? String(asked.id) : asked.slug,
            name: asked.name,
            cells: [open, overdue],
          }))}
        />
        <Chart
          {...common}
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
          rows={figures.ages.map((age) => ({
            ...{ key: age.name, name: t(`figures.ageNames.${age.name}`), cells: [age] },
          }))}
        />
        <Chart
          {...common}
          title={t("figures.decisions")}
          empty={
            figures.decisions.every(({ valide, rejete }) => valide.count + rejete.count === 0)
              ? t("figures.emptyDecisions")
              : null
          }
          chart={
            <Bars
              direction="up"
              fills={["fill-success-ink", "fill-danger"]}
              bars={figures.decisions.map(({ week, valide, rejete }) => ({
                ...{ name: week, parts: [valide.count, rejete.count] },
              }))}
            />
          }
          heads={[t("figures.week"), t("figures.approved"), t("figures.rejected")]}
          rows={figures.decisions.map(({ week, query, valide, rejete }) => ({
            ...{ key: week, name: t("figures.weekOf", { date: day(week) }), query, cells: [valide, rejete] },
          }))}
        />
      </div>
    </>
  );
}

const LATE_FILLS = ["fill-danger", "fill-accent"];

const toLateBar = ({ open, overdue }: { open: Counted; overdue: Counted }, place: number) => ({
  ...{ name: String(place), parts: [overdue.count, open.count - overdue.count] },
});
