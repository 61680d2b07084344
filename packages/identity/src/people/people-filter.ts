import { isStorableText } from "@mgs/core/text";
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

const cursor = z
  .string()
  .max(1_000)
  .transform((text, context): [string, number] => {
    try {
      return z
        .tuple([z.string(), z.int().min(0).max(2_147_483_647)])
        .parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    } catch {
      context.addIssue({ code: "custom", message: "INVALID_CURSOR" });
      return z.NEVER;
    }
  })
  .refine(([value]) => isStorableText(value), { error: "INVALID_CURSOR" });

export const listPeopleInput = z.strictObject({
  ...filterShape,
  sort: z.enum(PEOPLE_SORTS, { error: "INVALID_CHOICE" }).default("name"),
  /** `next` of a page: what comes after it. */
  after: cursor.optional(),
  /** `previous` of a page: what comes before it. */
  before: cursor.optional(),
  limit: z.coerce.number({ error: "INVALID_NUMBER" }).int().min(1).max(200).default(50),
});
export type ListPeopleInput = z.input<typeof listPeopleInput>;
export type PeopleCursor = z.output<typeof cursor>;

export function writeCursor(value: string, id: number): string {
  return Buffer.from(JSON.stringify([value, id])).toString("base64url");
}
