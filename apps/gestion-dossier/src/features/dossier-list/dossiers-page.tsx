import { AppError } from "@mgs/core/errors";
import { DEFAULT_COLUMNS, DOSSIER_COLUMNS, type DossierColumn } from "@mgs/dossiers/contract/columns";
import { dossierExportPath, dossiersPath, newDossierPath } from "@mgs/dossiers/links";
import { can } from "@mgs/dossiers/permissions";
import { countDossiers, MAX_COUNT } from "@mgs/dossiers/record/count-dossiers";
import { type DossierPage, listDossiers } from "@mgs/dossiers/record/list-dossiers";
import { listFilterChoices } from "@mgs/dossiers/record/list-filter-choices";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { liveListChannels } from "@mgs/records/lists/live-list";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { ColumnsMenu } from "@mgs/shell/table/columns-menu";
import { ListKeys } from "@mgs/shell/table/list-keys";
import { ListMenu } from "@mgs/shell/table/list-menu";
import { type ListSearch, listHref, viewQueryOf } from "@mgs/shell/table/list-query";
import { LiveList } from "@mgs/shell/table/live-list";
import { PageLinks } from "@mgs/shell/table/page-links";
import { ResultCount } from "@mgs/shell/table/result-count";
import { type SavedView, type ViewActions, ViewsMenu } from "@mgs/shell/table/views-menu";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { EmptyState } from "@mgs/ui/empty-state";
import { Segmented, segmentStyles } from "@mgs/ui/segmented";
import { Download, FolderOpen, FunnelX, Plus } from "lucide-react";
import Link from "next/link";
import { type BulkAction, BulkForm } from "./bulk-form";
import { DossierFilters } from "./dossier-filters";
import { DossierTable } from "./dossier-table";
import type { DossierTexts, ListContext } from "./list-context";
import { ViewSwitch } from "./view-switch";

type DossiersPageProps = {
  context: ListContext;
  search: ListSearch;
  views: readonly SavedView[];
  deletedViews: readonly SavedView[];
  viewActions: ViewActions;
  bulk: BulkAction;
};

const NOTHING: DossierPage = { items: [], previous: null, next: null };

/** Filters that stand above the list, with the address that each leads to. */
const TABS = {
  all: {},
  mine: { assignee: "me", open: "true" },
  overdue: { overdue: "true" },
  unassigned: { assignee: "nobody", open: "true" },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

/** `/dossiers`: the dossiers that the visitor sees, filtered by the parameters in the address. */
export async function DossiersPage({ context, search, views, deletedViews, viewActions, bulk }: DossiersPageProps) {
  const { actor, runtime, texts } = context;
  const { t, lists, number } = texts;
  const { values, invalid } = search;
  const isInvalid = Object.keys(invalid).length > 0;
  const { columns: _, ...query } = values;
  const { after: __, before: ___, ...filter } = query;
  const [page, count, choices] = await Promise.all([
    isInvalid ? NOTHING : listPage(context, query),
    isInvalid ? 0 : countDossiers(runtime, actor, filter),
    listFilterChoices(runtime, actor, values, { asks: true }),
  ]);
  const columns = columnsOf(values);
  const selectable = can(actor, "dossiers.work") && page.items.length > 0;
  const table = (
    <DossierTable texts={texts} items={page.items} columns={columns} selectable={selectable} values={values} />
  );
  const isFiltered = Object.keys(filter).some((name) => name !== "sort");
  return (
    <ListKeys>
      <PageHeader
        title={t("title")}
        intro={t("list.intro")}
        actions={
          <>
            <ViewSwitch texts={texts} current="list" values={values} />
            {can(actor, "dossiers.open") ? (
              <Link href={newDossierPath()} className={buttonStyles({})}>
                <Plus aria-hidden />
                {t("list.open")}
              </Link>
            ) : null}
          </>
        }
      />
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <Tabs texts={texts} values={values} />
        <div className="flex flex-wrap gap-2 max-sm:w-full">
          <ViewsMenu
            {...{ t: lists, path: dossiersPath(), views, deleted: deletedViews }}
            query={viewQueryOf(values)}
            actions={viewActions}
          />
          <ColumnsMenu
            texts={{ columns: lists("columns"), apply: lists("apply") }}
            path={dossiersPath()}
            kept={filter}
            options={DOSSIER_COLUMNS.map((column) => ({
              value: column,
              label: t(`list.columns.${column}`),
              checked: columns.includes(column),
            }))}
          />
          {isInvalid ? null : <ExportMenu texts={texts} filter={filter} />}
        </div>
      </div>
      <Card>
        <DossierFilters texts={texts} search={search} choices={choices} />
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b px-4 py-2 sm:px-6">
          <ResultCount
            text={
              count > MAX_COUNT
                ? t("list.countMany", { number: number(MAX_COUNT) })
                : t("list.count", { count, number: number(count) })
            }
            announce={isFiltered}
          />
          <LiveList channels={liveListChannels(dossierSubject, actor)} announces={!isFiltered} />
        </div>
        {isInvalid ? (
          <EmptyState icon={<FunnelX />} title={lists("invalid.title")} text={lists("invalid.hint")} />
        ) : page.items.length === 0 ? (
          <EmptyState
            icon={<FolderOpen />}
            title={t(isFiltered ? "list.empty.title" : "list.empty.noneTitle")}
            text={t(isFiltered ? "list.empty.text" : "list.empty.noneText")}
          />
        ) : selectable ? (
          // Another page has other rows, of which none is chosen.
          <BulkForm key={JSON.stringify(values)} texts={texts} action={bulk}>
            {table}
          </BulkForm>
        ) : (
          table
        )}
      </Card>
      <PageLinks
        label={lists("pages")}
        back={
          page.previous
            ? { href: listHref(dossiersPath(), values, { before: page.previous }), text: lists("previous") }
            : null
        }
        on={page.next ? { href: listHref(dossiersPath(), values, { after: page.next }), text: lists("next") } : null}
      />
      {page.items.length > 0 ? <p className="mt-4 text-muted text-xs max-lg:hidden">{lists("keys")}</p> : null}
    </ListKeys>
  );
}

function listPage({ runtime, actor }: ListContext, query: Readonly<Record<string, string>>): Promise<DossierPage> {
  return listDossiers(runtime, actor, query).catch((error: unknown): DossierPage => {
    // A page that was cut out of an address by hand is an empty one.
    if (error instanceof AppError && error.code === "VALIDATION_ERROR") return NOTHING;
    throw error;
  });
}

function columnsOf({ columns }: ListSearch["values"]): readonly DossierColumn[] {
  if (columns === undefined) return DEFAULT_COLUMNS;
  const chosen = columns.split(",");
  return DOSSIER_COLUMNS.filter((column) => chosen.includes(column));
}

type TabsProps = { texts: DossierTexts; values: ListSearch["values"] };

function Tabs({ texts: { t }, values }: TabsProps) {
  const { columns, sort } = values;
  const { columns: _, sort: __, after: ___, before: ____, ...filter } = values;
  const current = viewQueryOf(filter);
  const kept = { ...(columns && { columns }), ...(sort && { sort }) };
  return (
    <Segmented label={t("list.tabs.label")} className="overflow-x-auto">
      {Object.entries(TABS).map(([name, tab]) => (
        <Link
          key={name}
          href={listHref(dossiersPath(), { ...kept, ...tab })}
          prefetch={false}
          aria-current={viewQueryOf(tab) === current ? "page" : undefined}
          className={segmentStyles(viewQueryOf(tab) === current)}
        >
          {t(`list.tabs.${name as keyof typeof TABS}`)}
        </Link>
      ))}
    </Segmented>
  );
}

type ExportMenuProps = { texts: DossierTexts; filter: Readonly<Record<string, string>> };

function ExportMenu({ texts: { lists }, filter }: ExportMenuProps) {
  return (
    <ListMenu label={lists("file")} icon={<Download aria-hidden />} width="sm:w-48">
      <ul className="grid gap-1">
        {(["csv", "xlsx"] as const).map((format) => (
          <li key={format}>
            <a
              href={dossierExportPath({ ...filter, format })}
              className="flex min-h-control-sm items-center hover:underline"
            >
              {lists(format)}
            </a>
          </li>
        ))}
      </ul>
    </ListMenu>
  );
}
