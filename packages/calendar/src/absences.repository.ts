import type { Database, Transaction } from "@mgs/db/client";

/**
 * Finds who stands in for people on a day, along the chain: where the substitute is away as well, theirs stands in. Absences refuse loops,
 * and a chain that met one would end at its first person.
 * @param day `2026-11-30`
 */
export async function findSubstitutes(
  database: Database | Transaction,
  userIds: readonly number[],
  day: string,
): Promise<number[]> {
  if (userIds.length === 0) return [];
  const rows = await database.$queryRaw<{ id: number }[]>`
    WITH RECURSIVE chain (person, substitute, path) AS (
      SELECT a.user_id, a.substitute_id, ARRAY[a.user_id] FROM absences a
      WHERE a.user_id = ANY(${[...userIds]}::int[]) AND a.ended_at IS NULL AND ${day}::date BETWEEN a.first_day AND a.last_day
      UNION ALL
      SELECT a.user_id, a.substitute_id, c.path || a.user_id FROM chain c
      JOIN absences a ON a.user_id = c.substitute AND a.ended_at IS NULL AND ${day}::date BETWEEN a.first_day AND a.last_day
      WHERE NOT a.user_id = ANY(c.path)
    )
    SELECT DISTINCT substitute AS id FROM chain`;
  return rows.map(({ id }) => id).filter((id) => !userIds.includes(id));
}
