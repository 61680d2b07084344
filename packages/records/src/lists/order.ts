import { Prisma } from "@mgs/db/client";
import type { KeyType, List, PageRequest, SortKey } from "./list";

/** SQL of an order, of the condition that a row comes after a cursor in it, and of the row's place. */
export type Order = { by: Prisma.Sql; after: readonly Prisma.Sql[]; place: Prisma.Sql };

const cast = (text: string, type: KeyType): Prisma.Sql => Prisma.sql`${text}::text::${Prisma.raw(type)}`;

/** Reads a sort's name. @throws Error for a name that the list has not: input is validated before */
export function readSort(sorts: Readonly<Record<string, SortKey>>, sort: string): { key: SortKey; descends: boolean } {
  const descends = sort.startsWith("-");
  const key = sorts[descends ? sort.slice(1) : sort];
  if (!key) throw new Error(`the list has no order ${sort}`);
  return { key, descends };
}

export function orderOf<Filter extends object>(list: List<Filter>, page: Omit<PageRequest, "limit">): Order {
  const { key, descends } = readSort(list.sorts, page.sort);
  const down = descends !== page.backwards;
  const direction = down ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const than = down ? Prisma.sql`<` : Prisma.sql`>`;
  const id = list.id.value;
  const by = key.unique
    ? Prisma.sql`${key.value} ${direction}`
    : Prisma.sql`${key.value} ${direction}, ${id} ${direction}`;
  const place = Prisma.sql`${id}::text AS id, ${key.value}::text AS value`;
  if (!page.cursor) return { by, after: [], place };
  const [value, lastId] = page.cursor;
  const after = key.unique
    ? Prisma.sql`${key.value} ${than} ${cast(value, key.type)}`
    : Prisma.sql`(${key.value}, ${id}) ${than} (${cast(value, key.type)}, ${cast(lastId, list.id.type)})`;
  return { by, after: [after], place };
}
