import { describe, expect, it } from "vitest";
import type { Card } from "./card";
import { addPage, type Column, moveCard, returnCard } from "./columns";

const card = (id: number): Card => ({
  ...{ id, reference: `D-2026-000${id}`, title: `${id}`, priority: "normale" },
  ...{ due_on: null, overdue: false, assignee: null },
});
const COLUMNS: Column[] = [
  { state: "nouveau", count: 30, cards: [card(1), card(2), card(3)], next: "n" },
  { state: "en_cours", count: 1, cards: [card(4)], next: null },
  { state: "en_attente", count: 0, cards: [], next: null },
];
const move = { card: card(2), from: "nouveau", to: "en_cours" } as const;
const ids = (columns: readonly Column[]) => columns.map(({ count, cards }) => [count, cards.map(({ id }) => id)]);

describe("the columns of the board", () => {
  it("have a moved card at the top, and their counts", () => {
    expect(ids(moveCard(COLUMNS, move))).toEqual([
      [29, [1, 3]],
      [2, [2, 4]],
      [0, []],
    ]);
  });

  it("are what they were after a refusal, also when another card was moved meanwhile", () => {
    expect(returnCard(moveCard(COLUMNS, move), move, 1)).toEqual(COLUMNS);
    const other = moveCard(moveCard(COLUMNS, move), { card: card(1), from: "nouveau", to: "en_attente" });
    expect(ids(returnCard(other, move, 1))).toEqual([
      [29, [3, 2]],
      [1, [4]],
      [1, [1]],
    ]);
  });

  it("have a further page once, without what stands there already", () => {
    const [first] = addPage(COLUMNS, "nouveau", [card(3), card(5)], null);
    expect(first?.cards.map(({ id }) => id)).toEqual([1, 2, 3, 5]);
    expect(first?.next).toBeNull();
  });
});
