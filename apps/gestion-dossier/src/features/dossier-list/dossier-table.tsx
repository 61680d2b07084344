import type { DossierColumn } from "@mgs/dossiers/contract/columns";
import type { DossierSummary } from "@mgs/dossiers/contract/dossier";
import { dossierPath, dossiersPath } from "@mgs/dossiers/links";
import { DataCell, DataRow, DataTable } from "@mgs/shell/table/data-table";
import { columnSort } from "@mgs/shell/table/list-query";
import { BESIDE_ROW_CHECK, RowCheck } from "@mgs/shell/table/row-check";
import { Badge } from "@mgs/ui/badge";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import type { DossierTexts } from "./list-context";
import { DueMark, PriorityMark, StateMark } from "./marks";

type DossierTableProps = {
  texts: DossierTexts;
  items: readonly DossierSummary[];
  columns: readonly DossierColumn[];
  selectable: boolean;
  /** The parameters of the address. */
  values: Readonly<Record<string, string>>;
};

const DEFAULT_SORT = "-opened";
/** More columns than this scroll in the table, not the page. */
const MAX_FITTING = 6;

/** The order that a press on a header asks for first. */
const SORTS: Readonly<Partial<Record<DossierColumn | "reference", string>>> = {
  reference: "-opened",
  due: "due",
  priority: "-priority",
  updated: "-updated",
};

const HOLDS: Readonly<Partial<Record<DossierColumn, ComponentProps<typeof DataCell>["holds"]>>> = {
  ...{ state: "figures", priority: "figures", due: "figures", opened: "figures", updated: "figures" },
};

/** Dossiers, each a link to its page; with a box to choose them for an act on several. */
export function DossierTable({ texts, items, columns, selectable, values }: DossierTableProps) {
  const { t } = texts;
  const names = ["reference", ...columns] as const;
  const sort = values.sort ?? DEFAULT_SORT;
  const sortOf = (name: (typeof names)[number]) => {
    const first = SORTS[name];
    return first === undefined ? null : columnSort(dossiersPath(), values, sort, first);
  };
  const select = <span className="sr-only">{t("list.columns.select")}</span>;
  return (
    <DataTable
      label={t("list.table")}
      columns={[...(selectable ? [select] : []), ...names.map((name) => t(`list.columns.${name}`))]}
      sorts={[...(selectable ? [null] : []), ...names.map(sortOf)]}
      scrolls={columns.length >= MAX_FITTING}
    >
      {items.map((dossier) => (
        <DataRow key={dossier.id} className="relative has-[:checked]:bg-accent-soft">
          {selectable ? (
            <RowCheck value={dossier.id} label={t("list.selectOne", { reference: dossier.reference })} />
          ) : null}
          <DataCell className={selectable ? BESIDE_ROW_CHECK : undefined}>
            <Link
              href={dossierPath(dossier.id)}
              prefetch={false}
              data-row-link=""
              className="group/link rounded focus-visible:outline-offset-4"
            >
              <span className="block text-muted text-xs tabular-nums">{dossier.reference}</span>
              <bdi className="font-medium underline-offset-4 group-hover/link:underline">{dossier.title}</bdi>
            </Link>
          </DataCell>
          {columns.map((column) => (
            <DataCell key={column} holds={HOLDS[column] ?? "text"} name={t(`list.columns.${column}`)}>
              <ColumnValue texts={texts} dossier={dossier} column={column} />
            </DataCell>
          ))}
        </DataRow>
      ))}
    </DataTable>
  );
}

type ColumnValueProps = { texts: DossierTexts; dossier: DossierSummary; column: DossierColumn };

function ColumnValue({ texts, dossier, column }: ColumnValueProps): ReactNode {
  const { t, dayOf } = texts;
  switch (column) {
    case "state":
      return <StateMark texts={texts} state={dossier.state} />;
    case "type":
      return <bdi>{dossier.type.name}</bdi>;
    case "priority":
      return <PriorityMark texts={texts} priority={dossier.priority} />;
    case "concerned":
      return <bdi>{dossier.concerned.name}</bdi>;
    case "due":
      return <DueMark texts={texts} due={dossier.due_on} overdue={dossier.overdue} />;
    case "assignee":
      return dossier.assignee ? (
        <bdi>{dossier.assignee.name}</bdi>
      ) : (
        <span className="text-muted">{t("list.nobody")}</span>
      );
    case "tags":
      return (
        <span className="flex flex-wrap gap-1">
          {dossier.tags.map((tag) => (
            <Badge key={tag}>
              <bdi className="truncate">{tag}</bdi>
            </Badge>
          ))}
        </span>
      );
    case "opened":
      return (
        <time dateTime={dossier.created_at} className="whitespace-nowrap">
          {dayOf(dossier.created_at)}
        </time>
      );
    case "updated":
      return (
        <time dateTime={dossier.updated_at} className="whitespace-nowrap">
          {dayOf(dossier.updated_at)}
        </time>
      );
  }
}
