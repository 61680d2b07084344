import type { z } from "zod";
import { type DossierState, OPEN_STATES } from "../contract/states";
import { type DOSSIER_SORTS, dossierQuery } from "../dossier-filter";

/** The query of the board: the filters of the list. Its columns are the states, and have an order each. */
export const boardQuery = dossierQuery.omit({
  ...{ state: true, open: true, sort: true, after: true, before: true, limit: true },
});

/** The order of a column: what is to be done by its due date, what is decided the newest first. */
export const sortOfColumn = (state: DossierState): (typeof DOSSIER_SORTS)[number] =>
  OPEN_STATES.some((open) => open === state) ? "due" : "-opened";

/** The query of a column's pages, which the list of dossiers answers. */
export const columnQuery = (
  filter: Readonly<Record<string, string>>,
  state: DossierState,
): Record<string, string> & z.input<typeof dossierQuery> => ({ ...filter, state, sort: sortOfColumn(state) });
