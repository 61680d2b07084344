import type { Prisma } from "@mgs/db/client";

/** PostgreSQL types that pages can go on from. */
export type KeyType = "text" | "integer" | "bigint" | "timestamptz" | "date" | "uuid";

/** An order of a list. */
export type SortKey = {
  /** SQL of the value on the row `r`. It is never NULL: an index has it as it stands here, with the id behind it. */
  value: Prisma.Sql;
  type: KeyType;
  /** No two rows have the same value, so that the id is not needed to tell them apart. */
  unique?: true;
};

/**
 * A list of a domain's records: how its pages are found, whatever is shown of a record. Pages, counts, exports, bulk acts and boards
 * read it, so that all of them mean the same rows.
 * @typeParam Filter what callers filter by, besides words
 */
export type List<Filter extends object> = {
  /** Names it for saved views and the audit trail, such as `people`. */
  name: string;
  /** The table with its alias `r`: `dossiers r`. */
  table: Prisma.Sql;
  id: { value: Prisma.Sql; type: "integer" | "bigint" | "uuid" };
  sorts: Readonly<Record<string, SortKey>>;
  /** SQL of the row's `tsvector`, as its GIN index has it. Without it the list has no search by words. */
  words?: Prisma.Sql;
  /** They are a column: to look through many rows for a word costs little. */
  hasStoredWords?: true;
  /** Conditions that always hold, such as that the row is not deleted. */
  always?: readonly Prisma.Sql[];
  conditions(filter: Filter): readonly Prisma.Sql[];
};

/** A request for rows. */
export type ListQuery<Filter extends object> = {
  filter: Filter;
  /** Beginnings of words, in any order, with or without accents. */
  search?: string | undefined;
  /** What the caller may see. Every reading of a list takes it, so that none can forget it. `null`: all of it. */
  visible: Prisma.Sql | null;
};

/** The place in an order where a page ends: a sort value and an id, both as text. */
export type Cursor = readonly [value: string, id: string];

export type PageRequest = {
  /** A key of `sorts`, with `-` before it for the reverse. */
  sort: string;
  cursor: Cursor | undefined;
  /** True for the rows before the cursor, nearest first. */
  backwards: boolean;
  limit: number;
};

/** A row's id, and its value in the order of the page. */
export type Place = { id: string; value: string };
