import { boolean, nullable, object, oneOf, type ShapeOf, string } from "@mgs/core/shape";

/** What somebody can choose to be seen as. */
export const CHOSEN_STATUSES = ["online", "away", "dnd", "invisible"] as const;
export type ChosenStatus = (typeof CHOSEN_STATUSES)[number];

/** What somebody has chosen for themself. */
export const ownPresence = object({
  status: oneOf(...CHOSEN_STATUSES),
  /** When the choice ends; null: it does not. */
  until: nullable(string),
  shows_reads: boolean,
});
export type OwnPresence = ShapeOf<typeof ownPresence>;
