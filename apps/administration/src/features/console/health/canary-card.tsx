import type { CanaryLeg, CanaryStatistics } from "@mgs/observability/canary/canary-statistics";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { EmptyState } from "@mgs/ui/empty-state";
import { Sparkline } from "@mgs/ui/sparkline";
import { Bird } from "lucide-react";
import type { ConsoleTexts } from "../texts";

const LEGS = ["socket", "mail"] as const;
const PERIODS = ["hour", "day"] as const;
const QUANTILES = ["p50", "p95", "p99"] as const;

/** Shows how long the canary's notifications took to a browser and to the mail server. */
export function CanaryCard({ texts, statistics }: { texts: ConsoleTexts; statistics: CanaryStatistics }) {
  const { t } = texts;
  if (statistics.runs.length === 0) {
    return (
      <Card>
        <CardHeader title={t("health.canary.title")} icon={<Bird aria-hidden />} />
        <EmptyState
          icon={<Bird />}
          title={t("health.canary.off.title")}
          text={t("health.canary.off.text", { variable: "CANARY_INTERVAL" })}
        />
      </Card>
    );
  }
  return (
    <Card>
      <CardHeader
        title={t("health.canary.title")}
        description={t("health.canary.description")}
        icon={<Bird aria-hidden />}
      />
      <CardBody className="grid gap-6">
        {LEGS.map((leg) => (
          <Leg key={leg} texts={texts} statistics={statistics} leg={leg} />
        ))}
        <p className={statistics.day.failures > 0 ? "text-warning-ink text-xs" : "text-muted text-xs"}>
          {t("health.canary.failures", { count: statistics.day.failures })}
        </p>
      </CardBody>
    </Card>
  );
}

type LegProps = { texts: ConsoleTexts; statistics: CanaryStatistics; leg: (typeof LEGS)[number] };

function Leg({ texts, statistics, leg }: LegProps) {
  const { t, number } = texts;
  const path = t(`health.canary.${leg}`);
  const times = statistics.runs.flatMap((run) => run[`${leg}_ms`] ?? []).reverse();
  const cell = "py-1.5 text-end tabular-nums";
  return (
    <section>
      <h3 className="font-medium">{path}</h3>
      {times.length > 1 ? (
        <Sparkline
          className="mt-2"
          values={times}
          label={t("health.canary.trend", { path, last: number(times.at(-1) ?? 0) })}
        />
      ) : null}
      <table className="mt-2 w-full text-xs">
        <caption className="sr-only">{path}</caption>
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-1.5 text-start font-medium">
              {t("health.canary.columns.period")}
            </th>
            {QUANTILES.map((quantile) => (
              <th key={quantile} scope="col" className={`${cell} font-medium`}>
                {quantile}
              </th>
            ))}
            <th scope="col" className={`${cell} font-medium`}>
              {t("health.canary.columns.samples")}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-line border-t">
          {PERIODS.map((period) => {
            const values: CanaryLeg = statistics[period][leg];
            return (
              <tr key={period}>
                <th scope="row" className="py-1.5 text-start font-medium">
                  {t(`health.canary.${period}`)}
                </th>
                {QUANTILES.map((quantile) => (
                  <td key={quantile} className={cell}>
                    {values[quantile] === null ? "–" : `${number(values[quantile])} ms`}
                  </td>
                ))}
                <td className={`${cell} text-muted`}>{number(values.count)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
