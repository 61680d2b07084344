import { peoplePath } from "@mgs/console/links";
import { peopleExportPath } from "@mgs/identity/links";
import {
  FACTOR_STATES,
  type FactorState,
  LOCK_STATES,
  type LockState,
  PEOPLE_SORTS,
  PEOPLE_STATES,
  type PeopleSort,
  type PeopleState,
} from "@mgs/identity/people/people-filter";
import { type FilterKind, findInvalidFilters, type SearchParams } from "../console/invalid-filters";

/** The parameters in the list's address, without those that are invalid (`readInvalidPeopleSearch`). */
export type PeopleSearch = {
  search?: string;
  role?: string;
  state?: PeopleState;
  factor?: FactorState;
  lock?: LockState;
  sort?: PeopleSort;
  after?: string;
  before?: string;
};

const FILTER_KINDS = {
  ...{ search: "text", role: "text", state: "choice", factor: "choice", lock: "choice", sort: "choice" },
} as const satisfies Record<string, FilterKind>;

/** Finds the filters of the address that `readPeopleSearch` leaves out. */
export const readInvalidPeopleSearch = (params: SearchParams, search: PeopleSearch) =>
  findInvalidFilters(params, search, FILTER_KINDS);

export function readText(params: SearchParams, name: string, maxCharacters: number): string | undefined {
  const value = params[name];
  const text = typeof value === "string" ? value.trim() : "";
  const isUsable = text !== "" && text.length <= maxCharacters && !text.includes("\u0000") && text.isWellFormed();
  return isUsable ? text : undefined;
}

export function readPeopleSearch(params: SearchParams): PeopleSearch {
  const found = {
    search: readText(params, "search", 100),
    role: readText(params, "role", 40),
    state: PEOPLE_STATES.find((state) => state === params.state),
    factor: FACTOR_STATES.find((factor) => factor === params.factor),
    lock: LOCK_STATES.find((lock) => lock === params.lock),
    sort: PEOPLE_SORTS.find((sort) => sort === params.sort),
    after: readText(params, "after", 1_000),
    before: readText(params, "before", 1_000),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as PeopleSearch;
}

/** The list's address for another page of the same filters. */
export function peopleHref(search: PeopleSearch, page: { after?: string; before?: string } = {}): string {
  const { after: _, before: __, ...filter } = search;
  const query = new URLSearchParams(Object.entries({ ...filter, ...page }) as [string, string][]).toString();
  return query === "" ? peoplePath() : `${peoplePath()}?${query}`;
}

/** The file with the people that the list shows, on all of its pages. */
export function exportHref({ after: _, before: __, ...filter }: PeopleSearch): string {
  return peopleExportPath(Object.fromEntries(Object.entries(filter)));
}
