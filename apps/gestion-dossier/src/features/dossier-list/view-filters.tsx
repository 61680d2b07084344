import { PRIORITIES } from "@mgs/dossiers/contract/rules";
import { FilterButtons, FilterSelect } from "@mgs/shell/table/filters";
import { type ListSearch, listHref } from "@mgs/shell/table/list-query";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { SlidersHorizontal } from "lucide-react";
import type { FilterChoices } from "./dossier-filters";
import type { DossierTexts } from "./list-context";

type ViewFiltersProps = {
  texts: DossierTexts;
  search: ListSearch;
  choices: FilterChoices;
  /** The page's own address. */
  path: string;
  /** A parameter that is no filter, and stays. */
  kept?: string;
};

/** What stands in the folded part. */
const FOLDED = ["type", "priority", "assignee"] as const;

/** The filters of the board and the calendar, as a GET form that needs no scripts. */
export function ViewFilters({ texts, search, choices, path, kept = "" }: ViewFiltersProps) {
  const { t, lists } = texts;
  const { values, invalid } = search;
  const shown = (name: string) => values[name] ?? invalid[name];
  const errorOf = (name: string) =>
    invalid[name] === undefined ? undefined : lists("invalid.value", { value: invalid[name] });
  const folded = FOLDED.filter((name) => shown(name) !== undefined).length;
  const isFiltered = Object.keys({ ...values, ...invalid }).some((name) => name !== kept);
  const keptValue = values[kept];
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
    <form key={JSON.stringify(search)} method="get" action={path} className="grid gap-4 p-4 sm:px-6">
      {keptValue === undefined ? null : <input type="hidden" name={kept} value={keptValue} />}
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
          clearHref={isFiltered ? listHref(path, keptValue === undefined ? {} : { [kept]: keptValue }) : null}
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
