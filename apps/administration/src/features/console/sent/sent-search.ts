import { UUID_PATTERN } from "@mgs/core/ids";
import { SENT_STATES, type SentState } from "@mgs/notifications/admin/sent-filter";
import { sentDetailPath, sentPath } from "../links";
import { fromLocal } from "../zoned-time";

/** What the address of the list says. Anything that makes no sense is as good as absent. */
export type SentSearch = {
  source?: string;
  type?: string;
  /** A person's id, or what to look for among names and addresses. */
  recipient?: string;
  state?: SentState;
  /** Local times, as the fields of the form write them. */
  from?: string;
  to?: string;
  before?: string;
  after?: string;
};

export type SearchParams = Record<string, string | string[] | undefined>;

const FILTERS = ["source", "type", "recipient", "from", "to"] as const;

export function readSearch(params: SearchParams, timeZone: string): SentSearch {
  const text = (name: string, most: number) => {
    const value = params[name];
    const trimmed = typeof value === "string" ? value.trim() : "";
    return trimmed !== "" && trimmed.length <= most && !trimmed.includes("\u0000") && trimmed.isWellFormed()
      ? trimmed
      : undefined;
  };
  const only = (name: string, good: (value: string) => boolean) => {
    const value = text(name, 100);
    return value !== undefined && good(value) ? value : undefined;
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

/** The address of the list with some of its parameters changed; a new filter begins with the newest again. */
export function sentHref(
  search: SentSearch,
  change: { [K in keyof SentSearch]?: SentSearch[K] | undefined } = {},
): string {
  return sentPath() + queryOf(search, change);
}

/** A notification's own page; the list's filters go along, for the way back. */
export function sentDetailHref(id: string, search: SentSearch): string {
  return sentDetailPath(id) + queryOf(search, {});
}

function queryOf(search: SentSearch, change: object): string {
  const kept = Object.keys(change).length > 0 ? { ...search, before: undefined, after: undefined } : search;
  const entries = Object.entries({ ...kept, ...change }).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
  );
  const query = new URLSearchParams(entries).toString();
  return query === "" ? "" : `?${query}`;
}

/** How many filters of the form are at work; the state has its own row. */
export function activeFilters(search: SentSearch): number {
  return FILTERS.filter((name) => search[name] !== undefined).length;
}

/** The search as the use cases take it. */
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
