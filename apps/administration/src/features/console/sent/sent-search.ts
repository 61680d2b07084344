import { sentDetailPath, sentPath } from "@mgs/console/links";
import { UUID_PATTERN } from "@mgs/core/ids";
import { SENT_STATES, type SentState } from "@mgs/notifications/admin/sent-filter";
import { type FilterKind, findInvalidFilters, type SearchParams } from "../invalid-filters";
import { fromLocal } from "../zoned-time";

/** The parameters in the list's address, without those that are invalid (`readInvalid`). */
export type SentSearch = {
  source?: string;
  type?: string;
  /** A person's id, or a part of a name or e-mail address. */
  recipient?: string;
  state?: SentState;
  /** Local times, as the fields of the form write them. */
  from?: string;
  to?: string;
  before?: string;
  after?: string;
};

const FILTERS = ["source", "type", "recipient", "from", "to"] as const;

const FILTER_KINDS = {
  ...{ source: "text", type: "text", recipient: "text", state: "choice" },
  ...{ from: "time", to: "time" },
} as const satisfies Record<string, FilterKind>;

/** Finds the filters of the address that `readSearch` leaves out. */
export const readInvalid = (params: SearchParams, search: SentSearch) =>
  findInvalidFilters(params, search, FILTER_KINDS);

export function readSearch(params: SearchParams, timeZone: string): SentSearch {
  const text = (name: string, maxCharacters: number) => {
    const value = params[name];
    const trimmed = typeof value === "string" ? value.trim() : "";
    return trimmed !== "" && trimmed.length <= maxCharacters && !trimmed.includes("\u0000") && trimmed.isWellFormed()
      ? trimmed
      : undefined;
  };
  const only = (name: string, isValid: (value: string) => boolean) => {
    const value = text(name, 100);
    return value !== undefined && isValid(value) ? value : undefined;
  };
  const state = SENT_STATES.find((known) => known === params.state);
  const found = {
    source: text("source", 255),
    type: text("type", 64),
    recipient: text("recipient", 100),
    state,
    from: only("from", (value) => fromLocal(value, timeZone) !== null),
    to: only("to", (value) => fromLocal(value, timeZone) !== null),
    before: only("before", (value) => UUID_PATTERN.test(value)),
    after: only("after", (value) => UUID_PATTERN.test(value)),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as SentSearch;
}

/** Makes the list's address with some of its parameters changed; a new filter starts at the newest notification. */
export function sentHref(
  search: SentSearch,
  change: { [K in keyof SentSearch]?: SentSearch[K] | undefined } = {},
): string {
  return sentPath() + queryOf(search, change);
}

/** Makes the address of a notification's page, with the list's filters for the way back. */
export function sentDetailHref(id: string, search: SentSearch): string {
  return sentDetailPath(id) + queryOf(search, {});
}

function queryOf(search: SentSearch, change: object): string {
  const base = Object.keys(change).length > 0 ? { ...search, before: undefined, after: undefined } : search;
  const entries = Object.entries({ ...base, ...change }).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
  );
  const query = new URLSearchParams(entries).toString();
  return query === "" ? "" : `?${query}`;
}

/** Counts the filters that are set in the form; the state has controls of its own. */
export function countActiveFilters(search: SentSearch): number {
  return FILTERS.filter((name) => search[name] !== undefined).length;
}

/** Converts the search to the filter of the use cases. */
export function toFilter(search: SentSearch, userId: number | null, timeZone: string) {
  const { source, type, state } = search;
  const from = search.from === undefined ? null : fromLocal(search.from, timeZone);
  const to = search.to === undefined ? null : fromLocal(search.to, timeZone);
  return {
    ...(source === undefined ? {} : { source }),
    ...(type === undefined ? {} : { type }),
    ...(state === undefined ? {} : { state }),
    ...(userId === null ? {} : { user_id: userId }),
    ...(from ? { from: from.toISOString() } : {}),
    ...(to ? { to: to.toISOString() } : {}),
  };
}
