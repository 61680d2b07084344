import { nullable, object, type ShapeOf, string } from "@mgs/core/shape";

/** What a link to a record is shown as. */
export const recordCard = object({
  /** The kind of record, such as `dossier`. */
  type: string,
  id: string,
  title: string,
  href: string,
});
export type RecordCard = ShapeOf<typeof recordCard>;
/** Null for an address that is no record's, or none that the reader sees: the two look alike. */
export const recordCardAnswer = nullable(recordCard);
