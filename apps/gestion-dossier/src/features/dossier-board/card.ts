import { array, boolean, nullable, number, object, oneOf, type ShapeOf, string } from "@mgs/core/shape";
import { PRIORITIES } from "@mgs/dossiers/contract/rules";
import { DOSSIER_STATES } from "@mgs/dossiers/contract/states";

/** What a card shows of a dossier: the parts of `DossierSummary` that it needs. */
export const card = object({
  id: number,
  reference: string,
  title: string,
  priority: oneOf(...PRIORITIES),
  due_on: nullable(string),
  overdue: boolean,
  assignee: nullable(object({ name: string })),
});
export type Card = ShapeOf<typeof card>;

/** The board, as `GET /api/dossiers/board` answers. */
export const boardAnswer = object({
  data: array(object({ state: oneOf(...DOSSIER_STATES), count: number, items: array(card), next: nullable(string) })),
});

/** A page of a column, as `GET /api/dossiers` answers. */
export const cardPage = object({ data: object({ items: array(card), next: nullable(string) }) });
