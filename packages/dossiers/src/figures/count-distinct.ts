import { Prisma } from "@mgs/db/client";

/**
 * Counts the dossiers of rows that may name one several times. It looks through twice as many rows as it counts at most: a count below the limit
 * is exact as long as they suffice.
 */
export const countDistinct = (rows: Prisma.Sql, limit: number): Prisma.Sql => Prisma.sql`
  SELECT LEAST(count(DISTINCT dossier_id), ${limit}::int)::int FROM (${rows} LIMIT ${2 * limit}::int) AS rows`;
