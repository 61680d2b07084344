import { type Actor, requireScope } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import { countRows } from "@mgs/records/lists/lists.repository";
import { type DossierDeps, todayOf } from "../deps";
import { dossierViewQuery } from "../dossier-filter";
import { dossierList } from "../dossiers.repository";
import { queryOf } from "./list-dossiers";

/** A list says "more than" beyond this number: a page shall not wait for a million rows to be counted. */
export const MAX_COUNT = 1_000;

/** @returns how many dossiers pass the filters and are seen by the actor; `MAX_COUNT + 1` for more */
export async function countDossiers(deps: DossierDeps, actor: Actor, input: unknown): Promise<number> {
  requireScope(actor, "dossiers:read");
  const { sort: _, columns: __, ...filter } = validate(dossierViewQuery, input);
  return countRows(deps.database, dossierList, queryOf(actor, filter, todayOf(deps.clock)), MAX_COUNT + 1);
}
