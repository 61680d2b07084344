import { AppError } from "@mgs/core/errors";
import type { Database, Transaction } from "@mgs/db/client";
import { isCursorOf, writeCursor } from "./cursor";
import type { Cursor, List, ListQuery, Place } from "./list";
import { readPlaces } from "./lists.repository";
import { readSort } from "./order";

/** The ids of a page in its order, and cursors of the pages beside it (null: there is none). */
export type ListPage = { ids: string[]; previous: string | null; next: string | null };

export type ListPageInput = {
  sort: string;
  /** `next` of a page: what comes after it. */
  after?: Cursor | undefined;
  /** `previous` of a page: what comes before it. It is passed over beside `after`. */
  before?: Cursor | undefined;
  limit: number;
};

/**
 * Finds one page of a list.
 * @throws AppError VALIDATION_ERROR for a cursor of another list or order
 */
export async function readPage<Filter extends object>(
  database: Database | Transaction,
  list: List<Filter>,
  query: ListQuery<Filter>,
  { sort, after, before, limit }: ListPageInput,
): Promise<ListPage> {
  const backwards = before !== undefined && after === undefined;
  const cursor = backwards ? before : after;
  if (cursor && !isCursorOf(cursor, readSort(list.sorts, sort).key.type, list.id.type)) {
    const path = backwards ? "before" : "after";
    throw new AppError("VALIDATION_ERROR", { details: [{ path, message: "INVALID_CURSOR" }] });
  }
  const found = await readPlaces(database, list, query, { sort, cursor, backwards, limit: limit + 1 });
  const more = found.length > limit;
  const page = found.slice(0, limit);
  if (backwards) page.reverse();
  const at = (place: Place | undefined) => (place ? writeCursor([place.value, place.id]) : null);
  return {
    ids: page.map(({ id }) => id),
    previous: backwards ? (more ? at(page[0]) : null) : cursor ? at(page[0]) : null,
    next: backwards ? at(page.at(-1)) : more ? at(page.at(-1)) : null,
  };
}

/** Goes through all pages of a list while they are taken: any number of rows fits. */
export async function* readAllPages<Filter extends object>(
  database: Database,
  list: List<Filter>,
  query: ListQuery<Filter>,
  { sort, limit }: { sort: string; limit: number },
): AsyncGenerator<string[]> {
  let cursor: Cursor | undefined;
  for (;;) {
    const places = await readPlaces(database, list, query, { sort, cursor, backwards: false, limit });
    if (places.length > 0) yield places.map(({ id }) => id);
    const last = places.at(-1);
    if (places.length < limit || !last) return;
    cursor = [last.value, last.id];
  }
}
