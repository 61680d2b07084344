import { z } from "zod";
import { peopleFilter } from "../people/people-filter";

export const PEOPLE_ACTS = ["disable", "enable", "force-password-change", "change-role"] as const;
export type PeopleAct = (typeof PEOPLE_ACTS)[number];

/** More than a page can show, and less than the largest call of a server action. */
export const MAX_SELECTED = 500;

/** An act on many people: on those that were selected, or on all that pass a filter. */
export const peopleBatch = z.strictObject({
  act: z.enum(PEOPLE_ACTS, { error: "INVALID_CHOICE" }),
  /** For `change-role`. */
  role: z.string().max(40).optional(),
  whose: z.union([
    z.strictObject({ ids: z.array(z.int()).min(1, { error: "REQUIRED" }).max(MAX_SELECTED) }),
    z.strictObject({ filter: peopleFilter }),
  ]),
});
export type PeopleBatch = z.output<typeof peopleBatch>;

/** The hand-over of everything that one person holds to another. */
export const handOverBatch = z.strictObject({ from: z.int(), to: z.int() });

/** The import of a checked file of people. */
export const importBatch = z.strictObject({ import_id: z.uuid(), invites: z.boolean() });

/** Tells whether a job of this kind may be stopped half-way. */
export function isCancellable(kind: string): boolean {
  return kind !== "hand-over";
}
