import { type Database, Prisma } from "@mgs/db/client";
import { PLANNED_FOR_VALUES } from "@mgs/db/planned-for-values";
import type { ListQuery } from "@mgs/records/lists/list";
import { conditionOf } from "@mgs/records/lists/lists.repository";
import type { DossierState } from "../contract/states";
import type { DossierFilter } from "../dossier-filter";
import { dossierList, OPEN } from "../dossiers.repository";

/** The first dossiers of a state in the order of its column, each with its value in that order, and how many there are up to a limit. */
export type StateRow = { state: DossierState; count: number; ids: number[]; values: string[] };

/**
 * Reads the columns of somebody who sees some dossiers alone, all at once: what they see is gathered one time and not for each column and each count.
 * What has work to do lies in the order of due dates, the rest with the newest first.
 */
export async function readSeenStates(
  database: Database,
  query: ListQuery<DossierFilter>,
  { cards, limit }: { cards: number; limit: number },
): Promise<StateRow[]> {
  const first = Prisma.raw(`[1:${cards}]`);
  return database.$queryRaw<StateRow[]>`${PLANNED_FOR_VALUES}
    SELECT state, LEAST(count(*), ${limit}::int)::int AS count,
      (array_agg(id ORDER BY due, place))${first} AS ids,
      (array_agg(COALESCE(due::text, id::text) ORDER BY due, place))${first} AS values
    FROM (
      SELECT r.id, r.state, CASE WHEN ${OPEN} THEN COALESCE(r.due_on, 'infinity'::date) END AS due,
        CASE WHEN ${OPEN} THEN r.id ELSE -r.id END AS place
      FROM dossiers r WHERE ${conditionOf(dossierList, query)}
    ) AS seen GROUP BY state`;
}
