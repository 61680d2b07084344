import type { z } from "zod";

/** The parameters of a page's address, as the framework gives them. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** What an address says of a list: its valid parameters as they stand there, and those that mean nothing. */
export type ListSearch = {
  values: Readonly<Record<string, string>>;
  /** Parameters that the list has, with values that it has not. A list with one shows no rows: never more than was asked for. */
  invalid: Readonly<Record<string, string>>;
};

/** Where a list's pages begin: they are no part of what a view saves. */
const PAGES: ReadonlySet<string> = new Set(["after", "before"]);

/**
 * Reads the address of a list's page by the schema of the list's query. A parameter that comes several times is a list of values; an empty one,
 * which a form sends for what nobody filled in, is none; one that the list does not know, such as a campaign's, is passed over.
 */
export function readListSearch(schema: z.ZodObject, params: SearchParams): ListSearch {
  const values: Record<string, string> = {};
  const invalid: Record<string, string> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const value = [params[name] ?? []].flat().filter(Boolean).join(",").trim();
    if (value === "") continue;
    const isValid = (field as z.ZodType).safeParse(value).success;
    (isValid ? values : invalid)[name] = value;
  }
  return { values, invalid };
}

/** The query of a list without its pages, its names in the order of the alphabet, as saved views have it. */
export function viewQueryOf(values: ListSearch["values"]): string {
  return new URLSearchParams(
    Object.entries(values)
      .filter(([name]) => !PAGES.has(name))
      .sort(byName),
  ).toString();
}

const byName = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : 1);

/**
 * The address of a list with other parameters: undefined takes one away. Another filter or order begins at the first page.
 * @param path of the list's page
 */
export function listHref(
  path: string,
  values: ListSearch["values"],
  changes: Readonly<Record<string, string | undefined>> = {},
): string {
  const kept = Object.entries(values).filter(([name]) => !PAGES.has(name) && !Object.hasOwn(changes, name));
  const added = Object.entries(changes).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const query = new URLSearchParams([...kept, ...added].sort(byName)).toString();
  return query === "" ? path : `${path}?${query}`;
}

/**
 * What a press on a column's header leads to: its own order, and the reverse where it is the current one.
 * @param sort the current order, such as `-due`
 * @param first the order of the first press, such as `due`
 */
export function columnSort(
  path: string,
  values: ListSearch["values"],
  sort: string,
  first: string,
): { href: string; current: "ascending" | "descending" | null } {
  const name = first.replace(/^-/, "");
  const isCurrent = sort.replace(/^-/, "") === name;
  const reverse = sort.startsWith("-") ? name : `-${name}`;
  return {
    href: listHref(path, values, { sort: isCurrent ? reverse : first }),
    current: isCurrent ? (sort.startsWith("-") ? "descending" : "ascending") : null,
  };
}
