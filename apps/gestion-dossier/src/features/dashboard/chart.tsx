import type { Counted, FigureQuery } from "@mgs/dossiers/contract/figures";
import { dossiersPath } from "@mgs/dossiers/links";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import Link from "next/link";
import type { ReactNode } from "react";

/** The list that a figure is the length of. */
export const figureHref = (query: FigureQuery): string => `${dossiersPath()}?${new URLSearchParams(query)}`;

/** What the name of a link in a cell says to who does not see the table around it. */
export type CellLabel = { count: string; head: string; name: string };

type ChartProps = {
  title: string;
  empty: string | null;
  chart: ReactNode;
  heads: readonly string[];
  /** A row's name leads to the list of its `query`, if it has one. */
  rows: readonly { key: string; name: string; query?: FigureQuery; cells: readonly Counted[] }[];
  write: (count: number) => string;
  label: (values: CellLabel) => string;
};

const LINK = "inline-flex min-h-6 min-w-6 items-center text-accent-ink hover:underline";

/** A chart with its table, of which each figure leads to its list. */
export function Chart({ title, empty, chart, heads, rows, write, label }: ChartProps) {
  return (
    <Card>
      <CardHeader title={title} />
      {empty === null ? (
        <CardBody className="grid content-start gap-4">
          {chart}
          <table className="w-full text-sm">
            <thead>
              <tr className="text-muted text-xs">
                {heads.map((head, place) => (
                  <th
                    key={head}
                    scope="col"
                    className={place === 0 ? "py-1 text-start font-medium" : "py-1 ps-3 text-end font-medium"}
                  >
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {rows.map(({ key, name, query, cells }) => (
                <tr key={key}>
                  <th scope="row" className="py-1.5 text-start font-normal [overflow-wrap:anywhere]">
                    {query === undefined ? (
                      name
                    ) : (
                      <Link href={figureHref(query)} prefetch={false} className={LINK}>
                        {name}
                      </Link>
                    )}
                  </th>
                  {cells.map((cell, place) => (
                    <td key={heads[place + 1]} className="py-1.5 ps-3 text-end tabular-nums">
                      <Link
                        href={figureHref(cell.query)}
                        prefetch={false}
                        aria-label={label({ count: write(cell.count), head: heads[place + 1] ?? "", name })}
                        className={`${LINK} justify-end`}
                      >
                        {write(cell.count)}
                      </Link>
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
