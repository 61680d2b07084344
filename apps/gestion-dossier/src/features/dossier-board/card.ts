import { array, boolean, nullable, number, object, oneOf, type ShapeOf, string } from "@mgs/core/shape";
import { PRIORITIES } from "@mgs/dossiers/contract/rules";

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

/** A page of a column, as `GET /api/dossiers` answers. */
export const cardPage = object({ data: object({ items: array(card), next: nullable(string) }) });
