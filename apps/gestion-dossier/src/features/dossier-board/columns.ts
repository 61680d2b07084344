import type { DossierState } from "@mgs/dossiers/contract/states";
import type { Card } from "./card";

/** A column as the board shows it. Its count is that of the server, kept with each move. */
export type Column = { state: DossierState; count: number; cards: readonly Card[]; next: string | null };

/** A card on its way from one column to another. */
export type Move = { card: Card; from: DossierState; to: DossierState };

/** Puts a card at the top of its new column, where its mover sees it. */
export function moveCard(columns: readonly Column[], { card, from, to }: Move): Column[] {
  return columns.map((column) => {
    if (column.state === from)
      return { ...column, count: column.count - 1, cards: column.cards.filter(({ id }) => id !== card.id) };
    if (column.state === to)
      return { ...column, count: column.count + 1, cards: [card, ...without(column.cards, card)] };
    return column;
  });
}

/** Puts a card back to where it was: a refusal has changed nothing. */
export function returnCard(columns: readonly Column[], { card, from, to }: Move, place: number): Column[] {
  return columns.map((column) => {
    if (column.state === to) return { ...column, count: column.count - 1, cards: without(column.cards, card) };
    if (column.state !== from) return column;
    const cards = without(column.cards, card);
    return { ...column, count: column.count + 1, cards: [...cards.slice(0, place), card, ...cards.slice(place)] };
  });
}

/** Adds a further page; a card that has come up meanwhile stays where it is. */
export function addPage(
  columns: readonly Column[],
  state: DossierState,
  cards: readonly Card[],
  next: string | null,
): Column[] {
  return columns.map((column) => {
    if (column.state !== state) return column;
    const known = new Set(column.cards.map(({ id }) => id));
    return { ...column, cards: [...column.cards, ...cards.filter(({ id }) => !known.has(id))], next };
  });
}

/** The state in which a card stands; undefined when the board has it not. */
export function stateOfCard(columns: readonly Column[], id: number): DossierState | undefined {
  return columns.find(({ cards }) => cards.some((card) => card.id === id))?.state;
}

const without = (cards: readonly Card[], { id }: Card): Card[] => cards.filter((card) => card.id !== id);
