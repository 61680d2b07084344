import { type Actor, requireScope } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import { countRows } from "@mgs/records/lists/lists.repository";
import { readPage } from "@mgs/records/lists/read-page";
import type { DossierSummary } from "../contract/dossier";
import { DOSSIER_STATES, type DossierState } from "../contract/states";
import { type DossierDeps, todayOf } from "../deps";
import { dossierList } from "../dossiers.repository";
import { queryOf, readSummaries } from "../record/list-dossiers";
import { boardQuery, sortOfColumn } from "./board-query";

/** A column says "more than" beyond this number, as the list does. */
export const MAX_COLUMN_COUNT = 1_000;
/** Cards of a column at first, and of each further page. */
export const COLUMN_CARDS = 20;

/** One column: the dossiers of a state, by pages. */
export type BoardColumn = {
  state: DossierState;
  /** `MAX_COLUMN_COUNT + 1` for more. */
  count: number;
  items: DossierSummary[];
  /** Where the next page begins, for `GET /api/dossiers` with the same filters; null at the end. */
  next: string | null;
};

/**
 * The dossiers that pass the filters and that the actor sees, in a column for each state: its count and its first page.
 * @throws AppError INSUFFICIENT_SCOPE, VALIDATION_ERROR
 */
export async function readBoard(deps: DossierDeps, actor: Actor, input: unknown): Promise<BoardColumn[]> {
  requireScope(actor, "dossiers:read");
  const filter = validate(boardQuery, input);
  return Promise.all(DOSSIER_STATES.map((state) => readColumn(deps, actor, { ...filter, state: [state] }, state)));
}

async function readColumn(
  deps: DossierDeps,
  actor: Actor,
  filter: Parameters<typeof queryOf>[1],
  state: DossierState,
): Promise<BoardColumn> {
  const query = queryOf(actor, filter, todayOf(deps.clock));
  const [count, { ids, next }] = await Promise.all([
    countRows(deps.database, dossierList, query, MAX_COLUMN_COUNT + 1),
    readPage(deps.database, dossierList, query, { sort: sortOfColumn(state), limit: COLUMN_CARDS }),
  ]);
  return { state, count, items: await readSummaries(deps, actor, ids.map(Number)), next };
}
