import type { DossierState } from "@mgs/dossiers/contract/states";
import { dossierBoardApiPath, dossiersApiPath } from "@mgs/dossiers/links";
import { sessionFetch } from "@mgs/shell/page-session";
import { boardAnswer, cardPage } from "./card";
import type { Column } from "./columns";

/** The most cards that the API gives at once. */
const MAX_PAGE = 100;

type Query = Readonly<Record<string, string>>;

async function load(path: string, query: Query): Promise<unknown> {
  const response = await sessionFetch(`${path}?${new URLSearchParams(query)}`, { cache: "no-store" });
  return response.json();
}

/** Loads one page of a column. @returns null without a readable answer */
export async function loadCards(query: Query, after: string, limit: number) {
  const page = await load(dossiersApiPath(), { ...query, after, limit: String(limit) }).catch(() => null);
  return cardPage(page) ? page.data : null;
}

/**
 * Loads the board anew, with as many cards in each column as are shown there.
 * @returns null without a readable answer
 */
export async function loadColumns(
  filter: Query,
  queries: Readonly<Record<DossierState, Query>>,
  shown: readonly Column[],
): Promise<Column[] | null> {
  const answer = await load(dossierBoardApiPath(), filter).catch(() => null);
  if (!boardAnswer(answer)) return null;
  const columns = answer.data.map(async ({ state, count, items, next }): Promise<Column | null> => {
    const wanted = shown.find((column) => column.state === state)?.cards.length ?? 0;
    const column = { state, count, cards: items, next };
    while (column.cards.length < wanted && column.next !== null) {
      const missing = Math.min(wanted - column.cards.length, MAX_PAGE);
      const page = await loadCards(queries[state], column.next, missing);
      if (!page) return null;
      column.cards = [...column.cards, ...page.items];
      column.next = page.next;
    }
    return column;
  });
  const loaded = await Promise.all(columns);
  return loaded.every((column) => column !== null) ? loaded : null;
}
