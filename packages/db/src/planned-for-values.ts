import { Prisma } from "./generated/client";

const MARK = "/* planned for its values */";

/**
 * Stands before a statement whose plan depends on its values, such as a list filtered by a word that few rows have, or nearly all. PostgreSQL
 * plans it each time, which takes half a millisecond; a plan for any value would read a million rows for some.
 */
export const PLANNED_FOR_VALUES = Prisma.raw(MARK);

export function isPlannedForValues(sql: string): boolean {
  return sql.includes(MARK);
}
