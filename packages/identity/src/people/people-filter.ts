import { isStorableText } from "@mgs/core/text";
import { cursorSchema } from "@mgs/records/lists/cursor";
import { z } from "zod";

export const PEOPLE_STATES = ["active", "disabled"] as const;
export type PeopleState = (typeof PEOPLE_STATES)[number];

export const PEOPLE_SORTS = ["name", "-name", "email", "-email", "created", "-created"] as const;
export type PeopleSort = (typeof PEOPLE_SORTS)[number];

export const FACTOR_STATES = ["with", "without"] as const;
export type FactorState = (typeof FACTOR_STATES)[number];

export const LOCK_STATES = ["locked", "free"] as const;
export type LockState = (typeof LOCK_STATES)[number];

const filterShape = {
  /** Beginnings of words of the name or the address, in any order, with or without accents. */
  search: z.string().max(100, { error: "TOO_LONG" }).refine(isStorableText, { error: "INVALID_TEXT" }).optional(),
  role: z.string().max(40).refine(isStorableText, { error: "INVALID_TEXT" }).optional(),
  state: z.enum(PEOPLE_STATES, { error: "INVALID_CHOICE" }).optional(),
  /** Whether they have a passkey or an authenticator app. */
  factor: z.enum(FACTOR_STATES, { error: "INVALID_CHOICE" }).optional(),
  /** Whether failed sign-ins make somebody wait. */
  lock: z.enum(LOCK_STATES, { error: "INVALID_CHOICE" }).optional(),
};

/** Which people are meant. */
export const peopleFilter = z.strictObject(filterShape);
export type PeopleFilter = z.output<typeof peopleFilter>;

export const listPeopleInput = z.strictObject({
  ...filterShape,
  sort: z.enum(PEOPLE_SORTS, { error: "INVALID_CHOICE" }).default("name"),
  /** `next` of a page: what comes after it. */
  after: cursorSchema.optional(),
  /** `previous` of a page: what comes before it. */
  before: cursorSchema.optional(),
  limit: z.coerce.number({ error: "INVALID_NUMBER" }).int().min(1).max(200).default(50),
});
export type ListPeopleInput = z.input<typeof listPeopleInput>;
