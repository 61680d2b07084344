import type { Database } from "@mgs/db/client";
import { countRows } from "@mgs/records/lists/lists.repository";
import { peopleList, peopleQuery } from "../people/people.repository";
import type { PeopleBatch } from "./batch-kinds";

/** People of a filter are counted no further. */
export const MAX_COUNTED_REACH = 100_000;

/** How many people an act is about to reach; `MAX_COUNTED_REACH` stands for that many or more. */
export async function countReach(database: Database, { whose }: Pick<PeopleBatch, "whose">): Promise<number> {
  return "ids" in whose
    ? whose.ids.length
    : countRows(database, peopleList, peopleQuery(whose.filter), MAX_COUNTED_REACH);
}
