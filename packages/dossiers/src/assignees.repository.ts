import type { Database, Prisma } from "@mgs/db/client";
import { OPEN } from "./dossiers.repository";

/**
 * Finds the assignees of open dossiers, up to `limit`. With all dossiers in sight it steps from one assignee to the next in the index, however
 * many dossiers each has.
 * @param visible what the caller sees; null: all
 */
export async function findAssigneeIds(
  database: Database,
  visible: Prisma.Sql | null,
  limit: number,
): Promise<number[]> {
  const rows =
    visible === null
      ? await database.$queryRaw<{ id: number }[]>`
          WITH RECURSIVE steps AS (
            (SELECT r.assignee_id AS id FROM dossiers r WHERE ${OPEN} AND r.assignee_id IS NOT NULL ORDER BY r.assignee_id LIMIT 1)
            UNION ALL
            SELECT (SELECT r.assignee_id FROM dossiers r WHERE ${OPEN} AND r.assignee_id > s.id ORDER BY r.assignee_id LIMIT 1)
            FROM steps s WHERE s.id IS NOT NULL
          )
          SELECT id FROM steps WHERE id IS NOT NULL LIMIT ${limit}`
      : await database.$queryRaw<{ id: number }[]>`
          SELECT DISTINCT r.assignee_id AS id FROM dossiers r
          WHERE ${visible} AND ${OPEN} AND r.assignee_id IS NOT NULL LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}
