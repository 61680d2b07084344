import { applicationsPath } from "@mgs/console/links";
import {
  CLIENT_KINDS,
  CLIENT_STATES,
  type ClientKind,
  type ClientState,
} from "@mgs/identity/clients/client-admin.repository";
import { type FilterKind, findInvalidFilters, type SearchParams } from "../invalid-filters";

/** The parameters in the list's address, without those that are invalid (`readInvalidApplicationsSearch`). */
export type ApplicationsSearch = {
  search?: string | undefined;
  kind?: ClientKind | undefined;
  state?: ClientState | undefined;
  page?: number | undefined;
};

const MAX_SEARCH_CHARACTERS = 100;
const MAX_PAGE = 1_000;

export function readApplicationsSearch(params: SearchParams): ApplicationsSearch {
  const search = typeof params.search === "string" ? params.search.trim().slice(0, MAX_SEARCH_CHARACTERS) : "";
  const page = Number(params.page);
  return {
    search: search === "" ? undefined : search.toWellFormed().replaceAll("\u0000", ""),
    kind: CLIENT_KINDS.find((kind) => kind === params.kind),
    state: CLIENT_STATES.find((state) => state === params.state),
    page: Number.isInteger(page) && page > 1 && page <= MAX_PAGE ? page : undefined,
  };
}

const FILTER_KINDS = { search: "text", kind: "choice", state: "choice" } as const satisfies Record<string, FilterKind>;

/** Finds the filters of the address that `readApplicationsSearch` leaves out. */
export const readInvalidApplicationsSearch = (params: SearchParams, search: ApplicationsSearch) =>
  findInvalidFilters(params, search, FILTER_KINDS);

/** Makes the list's address with some of its parameters changed; another filter begins at the first page. */
export function applicationsHref(search: ApplicationsSearch, change: ApplicationsSearch = {}): string {
  const entries = Object.entries({ ...search, page: undefined, ...change }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return entries.length === 0 ? applicationsPath() : `${applicationsPath()}?${new URLSearchParams(entries)}`;
}
