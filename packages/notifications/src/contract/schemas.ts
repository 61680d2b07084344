import { isBlank } from "@mgs/core/blank";
import { isUserId, USER_ID_DIGITS } from "@mgs/core/user-id";
import { z } from "zod";
import { countCharacters, INBOX_FILTERS, isAcceptableUrl, isStorable, MAX_CHARACTERS, TYPE_PATTERN } from "./rules";

/**
 * The whole contract of the notification API, for servers: they parse requests with the zod schemas below. Browsers load
 * `answers.ts` and `rules.ts` alone, since zod weighs more than all their other code.
 */
export * from "./answers";
export * from "./rules";

/** Text of 1 to `max` characters, one of them visible. */
const text = (max: number) =>
  z
    .string({ error: ({ input }) => (input === undefined || input === null ? "REQUIRED" : "INVALID_TEXT") })
    .refine(isStorable, { error: "INVALID_TEXT" })
    .refine((value) => !isBlank(value), { error: "REQUIRED" })
    .refine((value) => countCharacters(value) <= max, { error: "TOO_LONG" });

export const userIdSchema = z
  .union([z.number(), z.string().regex(USER_ID_DIGITS).transform(Number)], { error: "INVALID_ID" })
  .refine(isUserId, { error: "INVALID_ID" });

export const sendInput = z.object({
  user_id: userIdSchema,
  type: z
    .string({ error: ({ input }) => (input === undefined || input === null ? "REQUIRED" : "INVALID_TYPE") })
    .regex(TYPE_PATTERN, { error: "INVALID_TYPE" }),
  titre: text(MAX_CHARACTERS.titre),
  message: text(MAX_CHARACTERS.message),
  url: z
    .string({ error: "INVALID_URL" })
    .refine(isStorable, { error: "INVALID_TEXT" })
    .refine((value) => countCharacters(value) <= MAX_CHARACTERS.url, { error: "TOO_LONG" })
    .refine(isAcceptableUrl, { error: "INVALID_URL" })
    .nullish()
    .transform((value) => value ?? null),
});
export type SendInput = z.input<typeof sendInput>;
export type SendData = z.output<typeof sendInput>;

/** A whole number, as a number or as the digits of a query string. */
const wholeNumber = z.union(
  [
    z.int(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ],
  { error: "INVALID_NUMBER" },
);

/** How many notifications a page has. */
export const PAGE_SIZE = { min: 1, max: 100, default: 20 } as const;

export const listQuery = z.object({
  filter: z.enum(INBOX_FILTERS, { error: "INVALID_CHOICE" }).default("all"),
  cursor: z.uuid({ error: "INVALID_CURSOR" }).optional(),
  limit: wholeNumber
    .refine((limit) => limit >= PAGE_SIZE.min && limit <= PAGE_SIZE.max, { error: "INVALID_NUMBER" })
    .default(PAGE_SIZE.default),
});

export const updateInput = z
  .strictObject({
    read: z.boolean({ error: "INVALID_BOOLEAN" }).optional(),
    archived: z.boolean({ error: "INVALID_BOOLEAN" }).optional(),
  })
  .refine((input) => input.read !== undefined || input.archived !== undefined, { error: "REQUIRED" });
export type UpdateInput = z.output<typeof updateInput>;

export const changesQuery = z.object({ after: wholeNumber.refine((after) => after >= 0, { error: "INVALID_NUMBER" }) });
