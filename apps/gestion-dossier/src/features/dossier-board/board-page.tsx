import { columnQuery } from "@mgs/dossiers/board/board-query";
import { type BoardColumn, COLUMN_CARDS, MAX_COLUMN_COUNT, readBoard } from "@mgs/dossiers/board/read-board";
import { PRIORITIES } from "@mgs/dossiers/contract/rules";
import { DOSSIER_STATES, type DossierState } from "@mgs/dossiers/contract/states";
import { dossierBoardPath } from "@mgs/dossiers/links";
import { can } from "@mgs/dossiers/permissions";
import { listAssignees } from "@mgs/dossiers/record/list-assignees";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { findTypes } from "@mgs/dossiers/types/types.repository";
import { liveListChannels } from "@mgs/records/lists/live-list";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { FilterButtons, FilterSelect } from "@mgs/shell/table/filters";
import { ListKeys } from "@mgs/shell/table/list-keys";
import type { ListSearch } from "@mgs/shell/table/list-query";
import { Card } from "@mgs/ui/card";
import { EmptyState } from "@mgs/ui/empty-state";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { FunnelX, SlidersHorizontal } from "lucide-react";
import type { FilterChoices } from "../dossier-list/dossier-filters";
import type { DossierTexts, ListContext } from "../dossier-list/list-context";
import { ViewSwitch } from "../dossier-list/view-switch";
import { Board } from "./board";
import type { MoveAction } from "./use-board";

type BoardPageProps = { context: ListContext; search: ListSearch; move: MoveAction };

const byState = <Value,>(read: (state: DossierState) => Value): Record<DossierState, Value> =>
  Object.fromEntries(DOSSIER_STATES.map((state) => [state, read(state)])) as Record<DossierState, Value>;

/** `/dossiers/tableau`: the dossiers that the visitor sees, a column for each state. */
export async function BoardPage({ context, search, move }: BoardPageProps) {
  const { actor, runtime, texts } = context;
  const { t, lists } = texts;
  const { values, invalid } = search;
  const isInvalid = Object.keys(invalid).length > 0;
  const [columns, types, assignees] = await Promise.all([
    isInvalid ? [] : readBoard(runtime, actor, values),
    findTypes(runtime.database),
    listAssignees(runtime, actor),
  ]);
  const typeName = (type: (typeof types)[number]) => (texts.locale === "fr" ? type.nameFr : type.nameEn);
  return (
    <ListKeys>
      <PageHeader
        title={t("board.title")}
        intro={t("board.intro")}
        actions={<ViewSwitch texts={texts} current="board" />}
      />
      <Card className="mb-4">
        <BoardFilters
          texts={texts}
          search={search}
          choices={{ types: types.map((type) => ({ id: type.id, name: typeName(type) })), assignees }}
        />
      </Card>
      {isInvalid ? (
        <Card>
          <EmptyState icon={<FunnelX />} title={lists("invalid.title")} text={lists("invalid.hint")} />
        </Card>
      ) : (
        <Board
          // Other filters have other cards.
          key={JSON.stringify(values)}
          initial={columns.map(toColumn)}
          labels={byState((state) => t(`states.${state}`))}
          queries={byState((state) => columnQuery(values, state))}
          filter={values}
          channels={liveListChannels(dossierSubject, actor)}
          pageSize={COLUMN_CARDS}
          maxCount={MAX_COLUMN_COUNT}
          allowed={{
            "dossiers.work": can(actor, "dossiers.work"),
            "dossiers.decide": can(actor, "dossiers.decide"),
            "dossiers.reopen": can(actor, "dossiers.reopen"),
          }}
          move={move}
        />
      )}
    </ListKeys>
  );
}

/** What the browser gets of a column: no more than its cards show. */
function toColumn({ state, count, items, next }: BoardColumn) {
  const cards = items.map(({ id, reference, title, priority, due_on, overdue, assignee }) => ({
    ...{ id, reference, title, priority, due_on, overdue },
    assignee: assignee && { name: assignee.name },
  }));
  return { state, count, cards, next };
}

type BoardFiltersProps = { texts: DossierTexts; search: ListSearch; choices: FilterChoices };

/** What stands in the folded part. */
const FOLDED = ["type", "priority", "assignee"] as const;

/** The filters of the board, as a GET form that needs no scripts. */
function BoardFilters({ texts, search, choices }: BoardFiltersProps) {
  const { t, lists } = texts;
  const { values, invalid } = search;
  const shown = (name: string) => values[name] ?? invalid[name];
  const errorOf = (name: string) =>
    invalid[name] === undefined ? undefined : lists("invalid.value", { value: invalid[name] });
  const folded = FOLDED.filter((name) => shown(name) !== undefined).length;
  const isFiltered = Object.keys(values).length + Object.keys(invalid).length > 0;
  const select = (name: string, label: string, options: readonly { value: string; label: string }[]) => (
    <FilterSelect
      label={label}
      name={name}
      value={shown(name)}
      error={errorOf(name)}
      any={lists("any")}
      options={options}
    />
  );
  return (
    <form key={JSON.stringify(search)} method="get" action={dossierBoardPath()} className="grid gap-4 p-4 sm:px-6">
      <div className="flex flex-wrap items-end gap-2">
        <Field label={lists("search")} error={errorOf("search")} className="min-w-0 flex-1 basis-64">
          {(aria) => (
            <Input
              {...aria}
              type="search"
              name="search"
              defaultValue={shown("search") ?? ""}
              placeholder={t("list.searchHint")}
              autoComplete="off"
              maxLength={200}
              aria-keyshortcuts="/"
            />
          )}
        </Field>
        <FilterButtons
          apply={lists("apply")}
          clear={lists("clear")}
          clearHref={isFiltered ? dossierBoardPath() : null}
        />
      </div>
      <details open={folded > 0}>
        <summary className="flex min-h-control-sm w-fit list-none items-center gap-2 font-medium hover:text-accent-ink [&::-webkit-details-marker]:hidden">
          <SlidersHorizontal aria-hidden className="size-4 text-muted" />
          {folded > 0 ? lists("filtersOn", { count: folded }) : lists("filters")}
        </summary>
        <div className="mt-3 grid gap-4 sm:grid-cols-3">
          {select(
            "type",
            t("list.filters.type"),
            choices.types.map(({ id, name }) => ({ value: String(id), label: name })),
          )}
          {select(
            "priority",
            t("list.filters.priority"),
            PRIORITIES.map((priority) => ({ value: priority, label: t(`priorities.${priority}`) })),
          )}
          {select("assignee", t("list.filters.assignee"), [
            { value: "me", label: t("list.filters.me") },
            { value: "nobody", label: t("list.filters.nobody") },
            ...choices.assignees.map(({ id, name }) => ({ value: String(id), label: name })),
          ])}
        </div>
      </details>
    </form>
  );
}
