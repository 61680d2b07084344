import { ActiveFilters } from "@mgs/shell/table/active-filters";
import { FilterSelect } from "@mgs/shell/table/filters";
import { type ListSearch, listHref } from "@mgs/shell/table/list-query";
import { buttonStyles } from "@mgs/ui/button";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { type FilterField, type FilterTexts, optionsOf, readFilterValue, writeFilter } from "./filter-field";

type FilterFormProps = {
  texts: FilterTexts;
  search: ListSearch;
  /** The page's own address. */
  path: string;
  /** What can be searched for. */
  hint: string;
  /** Parameters that are no filters, and stay. */
  kept?: readonly string[];
  fields?: readonly FilterField[];
  /** Further controls of the folded part. */
  children?: ReactNode;
};

/**
 * Search and filters of a list, as a GET form that needs no scripts. The filters are folded, so that the rows stand in sight; those that hold
 * are written below, each as a link that takes it away. One that means nothing opens the form, which says so.
 */
export function FilterForm({ texts, search, path, hint, kept = [], fields = [], children }: FilterFormProps) {
  const { lists } = texts;
  const active = fields.flatMap((field) => {
    const value = readFilterValue(field, search);
    if (value === undefined) return [];
    const isInvalid = search.invalid[field.name] !== undefined;
    return [{ name: field.name, text: writeFilter(texts, field, value, isInvalid), isInvalid }];
  });
  const words = search.values.search ?? search.invalid.search;
  const searched =
    words === undefined
      ? []
      : [{ name: "search", text: lists("searched", { words }), isInvalid: search.invalid.search !== undefined }];
  const drawn = ["search", ...fields.map(({ name }) => name)];
  const others = Object.entries(search.invalid).flatMap(([name, value]) =>
    drawn.includes(name) ? [] : [{ name, text: lists("invalid.value", { value }), isInvalid: true }],
  );
  const keptValues = Object.entries(search.values).filter(([name]) => kept.includes(name));
  const nothing = Object.fromEntries(drawn.map((name) => [name, undefined]));
  return (
    <div className="grid gap-3 px-4 py-4 sm:px-6">
      <form
        // Another address has other first values.
        key={JSON.stringify(search)}
        method="get"
        action={path}
        // What a folded control has wrong would keep the browser from sending the form, without a word.
        noValidate
        className="grid gap-3"
      >
        {keptValues.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="flex flex-wrap items-end gap-2">
          <Field label={lists("search")} error={errorOf(texts, search, "search")} className="min-w-0 flex-1 basis-64">
            {(aria) => (
              <Input
                {...aria}
                type="search"
                name="search"
                defaultValue={words ?? ""}
                placeholder={hint}
                autoComplete="off"
                maxLength={200}
                aria-keyshortcuts="/"
              />
            )}
          </Field>
          <button type="submit" className={buttonStyles({ variant: "secondary", className: "max-sm:w-full" })}>
            {lists("apply")}
          </button>
        </div>
        {fields.length === 0 ? null : (
          <details open={[...active, ...others].some(({ isInvalid }) => isInvalid)}>
            <summary className="flex min-h-control-sm w-fit list-none items-center gap-2 font-medium hover:text-accent-ink [&::-webkit-details-marker]:hidden">
              <SlidersHorizontal aria-hidden className="size-4 text-muted" />
              {active.length > 0 ? lists("filtersOn", { count: active.length }) : lists("filters")}
            </summary>
            <div className="mt-3 grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
              {fields.map((field) => (
                <Filter key={field.name} {...{ texts, search, field }} />
              ))}
              {children}
            </div>
          </details>
        )}
      </form>
      <ActiveFilters
        texts={{ label: lists("active"), remove: lists("removeFilter"), clear: lists("clear") }}
        filters={[...searched, ...active, ...others].map((filter) => ({
          ...filter,
          href: listHref(path, { ...search.values, ...search.invalid }, { [filter.name]: undefined }),
        }))}
        clearHref={listHref(path, search.values, nothing)}
      />
    </div>
  );
}

/** What to say of a value of the address that means nothing. */
export function errorOf({ lists }: FilterTexts, { invalid }: ListSearch, name: string): string | undefined {
  return invalid[name] === undefined ? undefined : lists("invalid.value", { value: invalid[name] });
}

type FilterProps = { texts: FilterTexts; search: ListSearch; field: FilterField };

/** The control of a filter. Of choices the first is any. */
function Filter({ texts, search, field }: FilterProps) {
  const { name, label, kind } = field;
  const [value, error] = [readFilterValue(field, search), errorOf(texts, search, name)];
  if (kind === "choice" || kind === "flag")
    return (
      <FilterSelect
        {...{ label, name, value, error, any: texts.lists("any"), options: optionsOf(field, value) }}
        groups={kind === "choice" ? (field.groups ?? []) : []}
      />
    );
  const maxLength = kind === "date" ? undefined : field.maxLength;
  return (
    <Field label={label} error={error}>
      {(aria) => <Input {...aria} {...{ type: kind, name, maxLength }} defaultValue={value ?? ""} autoComplete="off" />}
    </Field>
  );
}
