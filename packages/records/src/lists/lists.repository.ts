import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import { PLANNED_FOR_VALUES } from "@mgs/db/planned-for-values";
import type { List, ListQuery, PageRequest, Place } from "./list";
import { orderOf } from "./order";
import { toWordQuery } from "./words";

/** As many hits of a search are sorted at once. A search with more is one of a common word. */
const MAX_SORTED_HITS = 2_000;
/**
 * So many rows are looked through in the page's order at first, then, and at most. The second stretch costs a millisecond or four, and tells of a
 * word that one row in two hundred has; the index of such a word gathers all its hits.
 */
const WALKED_ROWS = 100;
const LONG_WALKED_ROWS = 1_000;
const MAX_WALKED_ROWS = 10_000;
/** So many rows are looked through for a count at first, and at most. */
const SAMPLED_ROWS = 200;
const MAX_SAMPLED_ROWS = 20_000;
/** Fewer hits in a stretch of rows tell nothing of the next. */
const MIN_HITS = 5;

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

/** The whole condition of a query, for readings of a list by other than its own orders, such as a calendar. */
export function conditionOf<Filter extends object>(list: List<Filter>, query: ListQuery<Filter>): Prisma.Sql {
  const words = wordsOf(list, query.search);
  return all([...conditionsOf(list, query), ...(words === null ? [] : [words])]);
}

/**
 * PostgreSQL's plan for any value would be a bad one for most: a filter may pass few rows or nearly all. Words that are made anew for each row are the
 * exception: their index is the way in any case.
 */
const selectIn =
  (list: Pick<List<never>, "hasStoredWords">, words: Prisma.Sql | null) =>
  (statement: Prisma.Sql): Prisma.Sql =>
    words === null || list.hasStoredWords ? Prisma.sql`${PLANNED_FOR_VALUES} ${statement}` : statement;

/** How many rows have to be looked through for so many hits, by what a first stretch had; null where there were too few to tell. */
function rowsToLookThrough(wanted: number, stretch: { rows: number; hits: number }): number | null {
  return stretch.hits < MIN_HITS ? null : Math.ceil(((wanted * stretch.rows) / stretch.hits) * 1.5);
}

/**
 * Finds one page of a list: rows in an order, after a cursor; with `backwards` those before it, nearest first. It goes on from a value, so
 * the last page costs what the first does. PostgreSQL cannot tell where in an order the rows with a word stand, so a search does not leave
 * the choice to it: a word that many rows have is looked for in a stretch of the order, as long as the first rows of it suggest; the few hits of
 * another word are sorted; else all hits are. Words that are made anew for each row are dear, so their few hits come first.
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
  const select = selectIn(list, words);
  const read = (conditions: readonly Prisma.Sql[]) =>
    database.$queryRaw<Place[]>(
      select(
        Prisma.sql`SELECT ${place} FROM ${table} WHERE ${all([...conditions, ...after])} ORDER BY ${by} LIMIT ${page.limit}`,
      ),
    );
  if (words === null) return read(others);

  const walk = (rows: number) =>
    database.$queryRaw<Place[]>(
      select(Prisma.sql`
        SELECT id, value FROM (
          SELECT ${place}, ${words} AS "isHit" FROM ${table} WHERE ${all([...others, ...after])} ORDER BY ${by} LIMIT ${rows}
        ) walked WHERE "isHit" LIMIT ${page.limit}`),
    );
  if (list.hasStoredWords) {
    const first = await walk(WALKED_ROWS);
    if (first.length === page.limit) return first;
    const second = await walk(LONG_WALKED_ROWS);
    if (second.length === page.limit) return second;
    const rows = rowsToLookThrough(page.limit, { rows: LONG_WALKED_ROWS, hits: second.length });
    const walked = rows !== null && rows <= MAX_WALKED_ROWS ? await walk(rows) : [];
    if (walked.length === page.limit) return walked;
  }
  const hits = await database.$queryRaw<{ id: string }[]>(
    select(Prisma.sql`
      SELECT ${list.id.value}::text AS id FROM ${table} WHERE ${all([...others, words])} LIMIT ${MAX_SORTED_HITS + 1}`),
  );
  if (hits.length === 0) return [];
  if (hits.length <= MAX_SORTED_HITS) {
    const type = Prisma.raw(list.id.type);
    return read([Prisma.sql`${list.id.value} = ANY (${hits.map(({ id }) => id)}::text[]::${type}[])`]);
  }
  const walked = list.hasStoredWords ? [] : await walk(WALKED_ROWS);
  if (walked.length === page.limit) return walked;
  // OFFSET 0 keeps the order out of the inner plan, which would walk all rows in it.
  return database.$queryRaw<Place[]>(
    select(Prisma.sql`
      SELECT ${place} FROM (SELECT r.* FROM ${table} WHERE ${all([...others, words, ...after])} OFFSET 0) r
      ORDER BY ${by} LIMIT ${page.limit}`),
  );
}

/**
 * Counts rows up to `limit`. Hits of a word that many rows have are counted in as many rows as hold enough of them: its index would gather all
 * of them first.
 */
export async function countRows<Filter extends object>(
  database: Reader,
  list: List<Filter>,
  query: ListQuery<Filter>,
  limit: number,
): Promise<number> {
  const words = wordsOf(list, query.search);
  const conditions = conditionsOf(list, query);
  const select = selectIn(list, words);
  const count = async (rows: Prisma.Sql) => {
    const [counted] = await database.$queryRaw<{ rows: number }[]>(
      select(Prisma.sql`SELECT count(*)::int AS rows FROM (${rows} LIMIT ${limit}) AS counted`),
    );
    return counted?.rows ?? 0;
  };
  if (words === null) return count(Prisma.sql`SELECT FROM ${list.table} WHERE ${all(conditions)}`);
  const among = (rows: number) =>
    count(Prisma.sql`SELECT FROM (
      SELECT ${words} AS "isHit" FROM ${list.table} WHERE ${all(conditions)} LIMIT ${rows}) AS sampled WHERE "isHit"`);
  if (list.hasStoredWords) {
    const rows = rowsToLookThrough(limit, { rows: SAMPLED_ROWS, hits: await among(SAMPLED_ROWS) });
    if (rows !== null && rows <= MAX_SAMPLED_ROWS && (await among(rows)) === limit) return limit;
  }
  return count(Prisma.sql`SELECT FROM ${list.table} WHERE ${all([...conditions, words])}`);
}
