import { type Actor, requireScope } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import { writeCursor } from "@mgs/records/lists/cursor";
import { countRows } from "@mgs/records/lists/lists.repository";
import { readPage } from "@mgs/records/lists/read-page";
import { visibleDossiers } from "../access.repository";
import type { DossierSummary } from "../contract/dossier";
import { DOSSIER_STATES, type DossierState } from "../contract/states";
import { type DossierDeps, todayOf } from "../deps";
import { dossierList } from "../dossiers.repository";
import { queryOf, readSummaries } from "../record/list-dossiers";
import { readSeenStates } from "./board.repository";
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
  if (visibleDossiers(actor) !== null) return readSeenBoard(deps, actor, filter);
  return Promise.all(DOSSIER_STATES.map((state) => readColumn(deps, actor, { ...filter, state: [state] }, state)));
}

/** The same for somebody who sees some dossiers alone. */
async function readSeenBoard(
  deps: DossierDeps,
  actor: Actor,
  filter: Parameters<typeof queryOf>[1],
): Promise<BoardColumn[]> {
  const query = queryOf(actor, filter, todayOf(deps.clock));
  const limits = { cards: COLUMN_CARDS, limit: MAX_COLUMN_COUNT + 1 };
  const rows = new Map((await readSeenStates(deps.database, query, limits)).map((row) => [row.state, row]));
  const summaries = await readSummaries(
    deps,
    actor,
    [...rows.values()].flatMap(({ ids }) => ids),
  );
  const dossiers = new Map(summaries.map((dossier) => [dossier.id, dossier]));
  return DOSSIER_STATES.map((state) => {
    const { count, ids, values } = rows.get(state) ?? { count: 0, ids: [], values: [] };
    const [value, id] = [values.at(-1), ids.at(-1)];
    const hasMore = count > ids.length && value !== undefined && id !== undefined;
    const next = hasMore ? writeCursor([value, String(id)]) : null;
    return { state, count, items: ids.flatMap((one) => dossiers.get(one) ?? []), next };
  });
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
