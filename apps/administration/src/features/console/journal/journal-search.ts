import { AUDIT_GROUPS } from "@mgs/audit/trail/trail-filter";
import type { AuditActionGroup } from "@mgs/core/audit-actions";
import { UUID_PATTERN } from "@mgs/core/ids";
import { normalizeIpAddress } from "@mgs/core/ip-address";
import { journalEventPath, journalExportPath, journalPath } from "@mgs/journal/links";
import { type FilterKind, findInvalidFilters, type SearchParams } from "../invalid-filters";
import { fromLocal, toLocal } from "../zoned-time";

/** The parameters in the address of the list, without those that are invalid (`readInvalid`). */
export type JournalSearch = {
  /** A person's id, or a part of a name or e-mail address. */
  person?: string;
  group?: AuditActionGroup;
  ip?: string;
  /** Local times, as the fields of the form write them. */
  from?: string;
  to?: string;
  before?: string;
  after?: string;
};

type Change = { [K in keyof JournalSearch]?: JournalSearch[K] | undefined };

const FILTER_KINDS = { person: "text", group: "choice", ip: "ip", from: "time", to: "time" } as const satisfies Record<
  string,
  FilterKind
>;

/** Finds the filters of the address that `readSearch` leaves out. */
export const readInvalid = (params: SearchParams, search: JournalSearch) =>
  findInvalidFilters(params, search, FILTER_KINDS);

const INSTANT = /^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

export function readSearch(params: SearchParams, timeZone: string): JournalSearch {
  const text = (name: string, isValid: (value: string) => boolean) => {
    const value = params[name];
    const trimmed = typeof value === "string" ? value.trim() : "";
    const storable = trimmed !== "" && trimmed.length <= 100 && !trimmed.includes("\u0000") && trimmed.isWellFormed();
    return storable && isValid(trimmed) ? trimmed : undefined;
  };
  // The proof of identity before an export leads back with the export's own times, which have a zone.
  const time = (name: string) => {
    const value = text(name, (given) => INSTANT.test(given) || fromLocal(given, timeZone) !== null);
    return value !== undefined && INSTANT.test(value) ? toLocal(new Date(value), timeZone) : value;
  };
  const isCursor = (value: string) => UUID_PATTERN.test(value);
  const found = {
    person: text("person", () => true),
    group: AUDIT_GROUPS.find((known) => known === params.group),
    ip: text("ip", (value) => normalizeIpAddress(value) !== undefined),
    from: time("from"),
    to: time("to"),
    before: text("before", isCursor),
    after: text("after", isCursor),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as JournalSearch;
}

/** Makes the list's address with some of its parameters changed; a new filter starts at the newest event. */
export const journalHref = (search: JournalSearch, change: Change = {}): string => journalPath(toQuery(search, change));

/** Makes the address of an event's page, with the list's filters for the way back. */
export const journalEventHref = (id: string, search: JournalSearch): string =>
  journalEventPath(id, toQuery(search, {}));

/** Makes the address of the file with the events of these filters. */
export const journalExportHref = (filter: Readonly<Record<string, string | number>>): string =>
  journalExportPath(Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, String(value)])));

function toQuery(search: JournalSearch, change: Change): Record<string, string> {
  const base = Object.keys(change).length > 0 ? { ...search, before: undefined, after: undefined } : search;
  return Object.fromEntries(
    Object.entries({ ...base, ...change }).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
    ),
  );
}

export function countActiveFilters(search: JournalSearch): number {
  return Object.keys(FILTER_KINDS).filter((name) => search[name as keyof JournalSearch] !== undefined).length;
}

/** Converts the search to the filter of the use cases. */
export function toFilter(search: JournalSearch, userId: number | null, timeZone: string) {
  const { group } = search;
  const ip = search.ip === undefined ? undefined : normalizeIpAddress(search.ip);
  const from = search.from === undefined ? null : fromLocal(search.from, timeZone);
  const to = search.to === undefined ? null : fromLocal(search.to, timeZone);
  return {
    ...(userId === null ? {} : { user_id: userId }),
    ...(group === undefined ? {} : { group }),
    ...(ip === undefined ? {} : { ip }),
    ...(from ? { from: from.toISOString() } : {}),
    ...(to ? { to: to.toISOString() } : {}),
  };
}
