"use client";
import type { Locale } from "@mgs/core/locale";
import type { Messages } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import { Alert } from "@mgs/ui/alert";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { Cpu } from "lucide-react";
import { useState } from "react";
import { Figure } from "./figure";
import { ReplicaTable } from "./replica-table";
import { addSample, connectionsOf, ratesOf, type Sample } from "./samples";

export type FigureMessages = Pick<
  Messages["console"]["realtime"],
  "figures" | "away" | "refused" | "foreign" | "failed"
>;

type LiveFiguresProps = { sample: Sample; locale: Locale; messages: FigureMessages };

/** Shows the server's counters, with trends since the page was opened: each new sample is added to them. */
export function LiveFigures({ sample, locale, messages }: LiveFiguresProps) {
  const [samples, setSamples] = useState(() => addSample([], sample));
  const next = addSample(samples, sample);
  if (next !== samples) setSamples(next);

  const t = createTranslator(locale, messages, "figures");
  if (sample.problem === "foreign") {
    return (
      <Alert tone="info" title={messages.foreign.title}>
        {messages.foreign.text}
      </Alert>
    );
  }
  const formats = formatsOf(locale);
  const rate = (value: number) => t("perSecond", { value: formats.rate(value) });
  const { problem, replicas } = sample;
  const known = problem === null;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const bytes = ratesOf(next, "bytes_out").at(-1);
  const received = ratesOf(next, "messages_in").at(-1);
  const figure = { measuring: t("measuring"), known, t };
  return (
    <div className="grid gap-6">
      {problem ? <Problem problem={problem} messages={messages} /> : null}
      <div className="grid grid-cols-2 gap-3 sm:gap-4 xl:grid-cols-4">
        <Figure
          {...figure}
          name={t("connections")}
          values={connectionsOf(next)}
          write={formats.count}
          detail={
            replicas.length > 1
              ? t("listened", { count: replicas.length })
              : t("devices", { count: sum(replicas.map(({ users }) => users)) })
          }
        />
        <Figure {...figure} name={t("channels")} values={next.map(({ channels }) => channels)} write={formats.count} />
        <Figure
          {...figure}
          name={t("published")}
          values={ratesOf(next, "published")}
          write={rate}
          detail={received === undefined ? undefined : t("received", { value: formats.rate(received) })}
        />
        <Figure
          {...figure}
          name={t("sent")}
          values={ratesOf(next, "messages_out")}
          write={rate}
          detail={bytes === undefined ? undefined : t("bytes", { value: formats.bytes(bytes) })}
        />
      </div>
      {known ? (
        <Card>
          <CardHeader title={t("replicas")} icon={<Cpu aria-hidden />} />
          <ReplicaTable samples={next} replicas={replicas} count={formats.count} rate={rate} t={t} />
        </Card>
      ) : null}
    </div>
  );
}

function Problem({ problem, messages }: { problem: "away" | "refused" | "failed"; messages: FigureMessages }) {
  if (problem === "failed") return <Alert tone="warning">{messages.failed}</Alert>;
  return (
    <Alert tone="warning" title={messages[problem].title}>
      {messages[problem].text}
    </Alert>
  );
}

const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

function formatsOf(locale: Locale) {
  const count = new Intl.NumberFormat(locale);
  const small = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  return {
    count: (value: number) => count.format(value),
    rate: (value: number) => (value < 10 ? small : whole).format(value),
    bytes(value: number) {
      const power = Math.min(BYTE_UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
      const unit = BYTE_UNITS[power] ?? "byte";
      const scaled = value / 1_000 ** power;
      const maximumFractionDigits = scaled < 10 && power > 0 ? 1 : 0;
      return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits }).format(scaled);
    },
  };
}
