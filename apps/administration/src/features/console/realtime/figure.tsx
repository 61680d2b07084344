import type { Messages } from "@mgs/i18n/catalogue";
import type { Translator } from "@mgs/i18n/translator";
import { Card } from "@mgs/ui/card";
import { cn } from "@mgs/ui/cn";
import { Sparkline } from "@mgs/ui/sparkline";

export type FigureTranslator = Translator<Messages["console"]["realtime"]["figures"]>;

type FigureProps = {
  name: string;
  /** Values from the oldest to the current one. */
  values: readonly number[];
  write: (value: number) => string;
  /** A small text below the number. */
  detail?: string | undefined;
  measuring: string;
  /** False while the server does not answer, and the last known value is shown. */
  known: boolean;
  t: FigureTranslator;
};

/** Shows a number with its trend. */
export function Figure({ name, values, write, detail, measuring, known, t }: FigureProps) {
  const last = values.at(-1);
  return (
    <Card className="flex flex-col p-4" data-figure={name}>
      <h2 className="text-muted text-xs">{name}</h2>
      <p className="mt-1 whitespace-nowrap font-semibold text-display tabular-nums">
        {known && last !== undefined ? write(last) : "–"}
      </p>
      <p className="min-h-4 text-muted text-xs tabular-nums">
        {known ? (last === undefined ? measuring : detail) : null}
      </p>
      <div className="mt-auto pt-3">
        <Trend name={name} values={values} write={write} t={t} />
      </div>
    </Card>
  );
}

type TrendProps = Pick<FigureProps, "name" | "values" | "write" | "t"> & { size?: "sm" | "md" };

/** Draws a line from the second value on; before that it keeps the line's space free. */
export function Trend({ name, values, write, t, size = "md" }: TrendProps) {
  if (values.length < 2) {
    return <span aria-hidden className={cn("block border-line border-b", size === "sm" ? "h-6" : "h-10")} />;
  }
  const label = t("trend", { name, last: write(values.at(-1) ?? 0), peak: write(Math.max(...values)) });
  return <Sparkline size={size} values={values} label={label} />;
}
