import { FilterButtons, FilterSelect } from "@mgs/shell/table/filters";
import { type ListSearch, listHref } from "@mgs/shell/table/list-query";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { SlidersHorizontal } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import type { DossierTexts } from "./list-context";

type FilterFormProps = {
  texts: DossierTexts;
  search: ListSearch;
  /** The page's own address. */
  path: string;
  /** Parameters that are no filters, and stay. */
  kept: readonly string[];
  /** The filters of the folded part. */
  folded: readonly string[];
  children: ReactNode;
};

/** Search and filters of dossiers, as a GET form that needs no scripts. */
export function FilterForm({ texts, search, path, kept, folded, children }: FilterFormProps) {
  const { t, lists } = texts;
  const { shown, errorOf } = readFilters(texts, search);
  const active = folded.filter((name) => shown(name) !== undefined).length;
  const isFiltered = active > 0 || shown("search") !== undefined;
  const keptValues = Object.entries(search.values).filter(([name]) => kept.includes(name));
  return (
    <form
      // Another address has other first values.
      key={JSON.stringify(search)}
      method="get"
      action={path}
      className="grid gap-4 px-4 py-4 sm:px-6"
    >
      {keptValues.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
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
          clearHref={isFiltered ? listHref(path, Object.fromEntries(keptValues)) : null}
        />
      </div>
      <details open={active > 0}>
        <summary className="flex min-h-control-sm w-fit list-none items-center gap-2 font-medium hover:text-accent-ink [&::-webkit-details-marker]:hidden">
          <SlidersHorizontal aria-hidden className="size-4 text-muted" />
          {active > 0 ? lists("filtersOn", { count: active }) : lists("filters")}
        </summary>
        <div className="mt-3 grid gap-4 sm:grid-cols-2 lg:grid-cols-4">{children}</div>
      </details>
    </form>
  );
}

/** What the address has for a filter, and what to say of a value that means nothing. */
function readFilters({ lists }: DossierTexts, { values, invalid }: ListSearch) {
  return {
    shown: (name: string) => values[name] ?? invalid[name],
    errorOf: (name: string) =>
      invalid[name] === undefined ? undefined : lists("invalid.value", { value: invalid[name] }),
  };
}

type FilterProps = { texts: DossierTexts; search: ListSearch; name: string; label: string };

type ChoiceFilterProps = FilterProps & Pick<ComponentProps<typeof FilterSelect>, "options" | "groups">;

/** A filter with choices, of which the first is any. */
export function ChoiceFilter({ texts, search, name, label, ...choices }: ChoiceFilterProps) {
  const { shown, errorOf } = readFilters(texts, search);
  return (
    <FilterSelect
      {...{ label, name, value: shown(name), error: errorOf(name), any: texts.lists("any") }}
      {...choices}
    />
  );
}

type TextFilterProps = FilterProps & { type: "text" | "date" | "url"; maxLength?: number };

/** A filter that is typed. */
export function TextFilter({ texts, search, name, label, type, maxLength }: TextFilterProps) {
  const { shown, errorOf } = readFilters(texts, search);
  return (
    <Field label={label} error={errorOf(name)}>
      {(aria) => <Input {...aria} {...{ type, name, maxLength }} defaultValue={shown(name) ?? ""} autoComplete="off" />}
    </Field>
  );
}
