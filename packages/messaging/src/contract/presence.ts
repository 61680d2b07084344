import { array, nullable, number, object, oneOf, type ShapeOf, string } from "@mgs/core/shape";

/** What others see. */
export const SHOWN_STATUSES = ["online", "away", "dnd", "offline"] as const;
export type ShownStatus = (typeof SHOWN_STATUSES)[number];

/** Whoever uses no page for so long is away. */
export const AWAY_AFTER_MINUTES = 5;
/** For so many people a page may ask at once. */
export const MAX_PRESENCES = 100;

/** How somebody is seen by others. */
export const personPresence = object({
  user_id: number,
  status: oneOf(...SHOWN_STATUSES),
  /** When they were last there; null while they are, and where nobody knows. */
  last_seen_at: nullable(string),
});
export type PersonPresence = ShapeOf<typeof personPresence>;
export const personPresences = array(personPresence);
