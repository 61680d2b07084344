import { type Database, Prisma } from "@mgs/db/client";
import { PLANNED_FOR_VALUES } from "@mgs/db/planned-for-values";
import type { ListQuery } from "@mgs/records/lists/list";
import { conditionOf } from "@mgs/records/lists/lists.repository";
import type { DossierFilter } from "../dossier-filter";
import { dossierList, OPEN } from "../dossiers.repository";

/** Open dossiers that are due on a day: how many, up to a limit, and the first of them. */
export type DueDayRow = { day: string; count: number; ids: number[] };

/**
 * Reads the open dossiers that are due on each day of a stretch, the most urgent first. Each day is read by itself from the index of due dates, so
 * that one with very many costs no more than the limit. OFFSET 0 keeps the filters out of that reading: PostgreSQL would gather all rows of a tag
 * anew for each day.
 */
export async function readDueDays(
  database: Database,
  query: ListQuery<DossierFilter>,
  { from, to, shown, limit }: { from: string; to: string; shown: number; limit: number },
): Promise<DueDayRow[]> {
  return database.$queryRaw<DueDayRow[]>`${PLANNED_FOR_VALUES}
    SELECT d.day::date::text AS day, due.count, due.ids
    FROM generate_series(${from}::date, ${to}::date, interval '1 day') AS d (day), LATERAL (
      SELECT count(*)::int AS count, (array_agg(id ORDER BY priority DESC, id))[1:${Prisma.raw(String(shown))}] AS ids
      FROM (
        SELECT r.id, r.priority
        FROM (SELECT r.* FROM dossiers r WHERE ${OPEN} AND r.due_on = d.day::date OFFSET 0) r
        WHERE ${conditionOf(dossierList, query)}
        LIMIT ${limit}
      ) AS bounded
    ) AS due
    WHERE due.count > 0 ORDER BY d.day`;
}
