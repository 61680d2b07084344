import type { PersonRef } from "@mgs/dossiers/contract/dossier";
import { MAX_CHARACTERS, PRIORITIES } from "@mgs/dossiers/contract/rules";
import { DOSSIER_STATES } from "@mgs/dossiers/contract/states";
import { DOSSIER_SORTS } from "@mgs/dossiers/dossier-filter";
import { dossiersPath } from "@mgs/dossiers/links";
import { FilterButtons, FilterSelect } from "@mgs/shell/table/filters";
import type { ListSearch } from "@mgs/shell/table/list-query";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { SlidersHorizontal } from "lucide-react";
import type { DossierTexts } from "./list-context";

export type FilterChoices = {
  types: readonly { id: number; name: string }[];
  assignees: readonly PersonRef[];
};

type DossierFiltersProps = { texts: DossierTexts; search: ListSearch; choices: FilterChoices };

/** What stands in the folded part. */
const FOLDED = ["open", "state", "type", "priority", "assignee", "tag", "overdue", "due_from", "due_before"] as const;

/** Search and filters, as a GET form that needs no scripts. */
export function DossierFilters({ texts, search, choices }: DossierFiltersProps) {
  const { t, lists } = texts;
  const { values, invalid } = search;
  const shown = (name: string) => values[name] ?? invalid[name] ?? "";
  const errorOf = (name: string) =>
    invalid[name] === undefined ? undefined : lists("invalid.value", { value: invalid[name] });
  const active = FOLDED.filter((name) => shown(name) !== "").length;
  const isFiltered = active > 0 || shown("search") !== "";
  const yes = (label: string) => [{ value: "true", label }];
  return (
    <form
      // Another address has other first values.
      key={JSON.stringify(search)}
      method="get"
      action={dossiersPath()}
      className="grid gap-4 border-line border-b px-4 py-4 sm:px-6"
    >
      {values.columns ? <input type="hidden" name="columns" value={values.columns} /> : null}
      <div className="flex flex-wrap items-end gap-2">
        <Field label={lists("search")} error={errorOf("search")} className="min-w-0 flex-1 basis-64">
          {(aria) => (
            <Input
              {...aria}
              type="search"
              name="search"
              defaultValue={shown("search")}
              placeholder={t("list.searchHint")}
              autoComplete="off"
              maxLength={200}
              aria-keyshortcuts="/"
            />
          )}
        </Field>
        <FilterButtons apply={lists("apply")} clear={lists("clear")} clearHref={isFiltered ? dossiersPath() : null} />
      </div>
      <details open={active > 0} className="group">
        <summary className="flex min-h-control-sm w-fit list-none items-center gap-2 font-medium hover:text-accent-ink [&::-webkit-details-marker]:hidden">
          <SlidersHorizontal aria-hidden className="size-4 text-muted" />
          {active > 0 ? lists("filtersOn", { count: active }) : lists("filters")}
        </summary>
        <div className="mt-3 grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <FilterSelect
            label={t("list.filters.state")}
            name="state"
            value={shown("state") || undefined}
            error={errorOf("state")}
            any={lists("any")}
            options={DOSSIER_STATES.map((state) => ({ value: state, label: t(`states.${state}`) }))}
          />
          <FilterSelect
            label={t("list.filters.open")}
            name="open"
            value={shown("open") || undefined}
            error={errorOf("open")}
            any={lists("any")}
            options={yes(t("yes"))}
          />
          <FilterSelect
            label={t("list.filters.type")}
            name="type"
            value={shown("type") || undefined}
            error={errorOf("type")}
            any={lists("any")}
            options={choices.types.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
          <FilterSelect
            label={t("list.filters.priority")}
            name="priority"
            value={shown("priority") || undefined}
            error={errorOf("priority")}
            any={lists("any")}
            options={PRIORITIES.map((priority) => ({ value: priority, label: t(`priorities.${priority}`) }))}
          />
          <FilterSelect
            label={t("list.filters.assignee")}
            name="assignee"
            value={shown("assignee") || undefined}
            error={errorOf("assignee")}
            any={lists("any")}
            options={[
              { value: "me", label: t("list.filters.me") },
              { value: "nobody", label: t("list.filters.nobody") },
              ...choices.assignees.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
          <Field label={t("list.filters.tag")} error={errorOf("tag")}>
            {(aria) => (
              <Input
                {...aria}
                name="tag"
                defaultValue={shown("tag")}
                autoComplete="off"
                maxLength={MAX_CHARACTERS.tag}
              />
            )}
          </Field>
          <FilterSelect
            label={t("list.filters.overdue")}
            name="overdue"
            value={shown("overdue") || undefined}
            error={errorOf("overdue")}
            any={lists("any")}
            options={yes(t("yes"))}
          />
          <FilterSelect
            label={lists("sort")}
            name="sort"
            value={shown("sort") || undefined}
            error={errorOf("sort")}
            options={DOSSIER_SORTS.map((sort) => ({
              value: sort === DOSSIER_SORTS[0] ? "" : sort,
              label: t(`list.sorts.${sort}`),
            }))}
          />
          <DayFilter
            label={t("list.filters.dueFrom")}
            name="due_from"
            value={shown("due_from")}
            error={errorOf("due_from")}
          />
          <DayFilter
            label={t("list.filters.dueBefore")}
            name="due_before"
            value={shown("due_before")}
            error={errorOf("due_before")}
          />
        </div>
      </details>
    </form>
  );
}

type DayFilterProps = { label: string; name: string; value: string; error: string | undefined };

function DayFilter({ label, name, value, error }: DayFilterProps) {
  return (
    <Field label={label} error={error}>
      {(aria) => <Input {...aria} type="date" name={name} defaultValue={value} />}
    </Field>
  );
}
