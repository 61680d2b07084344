import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import type { List, ListQuery, PageRequest, Place } from "./list";
import { orderOf } from "./order";
import { toWordQuery } from "./words";

/** As many hits of a search are sorted at once. A search with more is one of a common word. */
const MAX_SORTED_HITS = 2_000;
/** So many rows are looked through in the page's order for a word that nearly every row has. */
const WALKED_ROWS = 100;

type Reader = Pick<Database | Transaction, "$queryRaw">;

/** The condition that a row has the words of a search; null without words. */
function wordsOf<Filter extends object>(list: List<Filter>, search: string | undefined): Prisma.Sql | null {
  const query = list.words === undefined ? null : toWordQuery(search ?? "");
  return query === null ? null : Prisma.sql`${list.words} @@ to_tsquery('simple', ${query})`;
}

/** Every condition of a query except that of its words. */
function conditionsOf<Filter extends object>(list: List<Filter>, { filter, visible }: ListQuery<Filter>): Prisma.Sql[] {
  return [...(list.always ?? []), ...(visible === null ? [] : [visible]), ...list.conditions(filter)];
}

const all = (conditions: readonly Prisma.Sql[]): Prisma.Sql =>
  conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join([...conditions], " AND ");

/**
 * Finds one page of a list: rows in an order, after a cursor; with `backwards` those before it, nearest first. It goes on from a value, so
 * the last page costs what the first does. PostgreSQL cannot tell how many rows have a word, nor where in an order they stand, so a
 * search does not leave the choice to it: few hits are sorted; for a word that nearly every row has, a stretch of the order is looked
 * through; else all hits are sorted.
 */
export async function readPlaces<Filter extends object>(
  database: Reader,
  list: List<Filter>,
  query: ListQuery<Filter>,
  page: PageRequest,
): Promise<Place[]> {
  const { by, after, place } = orderOf(list, page);
  const others = conditionsOf(list, query);
  const words = wordsOf(list, query.search);
  const { table } = list;
  const select = (conditions: readonly Prisma.Sql[]) =>
    database.$queryRaw<
      Place[]
    >`SELECT ${place} FROM ${table} WHERE ${all([...conditions, ...after])} ORDER BY ${by} LIMIT ${page.limit}`;

  if (words === null) return select(others);
  const hits = await database.$queryRaw<{ id: string }[]>`
    SELECT ${list.id.value}::text AS id FROM ${table} WHERE ${all([...others, words])} LIMIT ${Prisma.raw(String(MAX_SORTED_HITS + 1))}`;
  if (hits.length === 0) return [];
  if (hits.length <= MAX_SORTED_HITS) {
    const type = Prisma.raw(list.id.type);
    return select([Prisma.sql`${list.id.value} = ANY (${hits.map(({ id }) => id)}::text[]::${type}[])`]);
  }
  const walked = await database.$queryRaw<Place[]>`
    SELECT id, value FROM (
      SELECT ${place}, ${words} AS "isHit" FROM ${table} WHERE ${all([...others, ...after])}
      ORDER BY ${by} LIMIT ${Prisma.raw(String(WALKED_ROWS))}
    ) walked WHERE "isHit" LIMIT ${page.limit}`;
  if (walked.length === page.limit) return walked;
  // OFFSET 0 keeps the order out of the inner plan, which would walk all rows in it.
  return database.$queryRaw<Place[]>`
    SELECT ${place} FROM (SELECT r.* FROM ${table} WHERE ${all([...others, words, ...after])} OFFSET 0) r ORDER BY ${by} LIMIT ${page.limit}`;
}

/** Counts rows up to `limit`. */
export async function countRows<Filter extends object>(
  database: Reader,
  list: List<Filter>,
  query: ListQuery<Filter>,
  limit: number,
): Promise<number> {
  const words = wordsOf(list, query.search);
  const conditions = [...conditionsOf(list, query), ...(words === null ? [] : [words])];
  const rows = await database.$queryRaw<{ rows: number }[]>`
    SELECT count(*)::int AS rows FROM (SELECT FROM ${list.table} WHERE ${all(conditions)} LIMIT ${limit}) AS counted`;
  return rows[0]?.rows ?? 0;
}
