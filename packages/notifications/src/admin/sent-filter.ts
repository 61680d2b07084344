import { z } from "zod";
import { userIdSchema } from "../contract/schemas";

/**
 * How far the deliveries of one notification are. `failed`: one is a dead letter; `pending`: one still waits or is under
 * way; `delivered`: neither.
 */
export const SENT_STATES = ["failed", "pending", "delivered"] as const;
export type SentState = (typeof SENT_STATES)[number];

const name = (length: number) =>
  z
    .string()
    .min(1)
    .max(length)
    .refine((text) => !text.includes("\u0000") && text.isWellFormed(), { error: "INVALID_TEXT" });
const time = z.iso.datetime({ offset: true, error: "INVALID_VALUE" }).transform((iso) => new Date(iso));
const cursor = z.uuid({ error: "INVALID_CURSOR" });

/** Which of the notifications sent; every part is optional and narrows the rest. */
export const sentFilter = z.object({
  /** Portal or machine client. */
  source: name(255).optional(),
  type: name(64).optional(),
  user_id: userIdSchema.optional(),
  state: z.enum(SENT_STATES, { error: "INVALID_CHOICE" }).optional(),
  /** ISO 8601, included. */
  from: time.optional(),
  /** ISO 8601, excluded. */
  to: time.optional(),
});
export type SentFilter = z.output<typeof sentFilter>;

/** A page of them: the newest, or those on one side of a row already seen. */
export const sentQuery = sentFilter.extend({
  before: cursor.optional(),
  after: cursor.optional(),
  limit: z.int().min(1).max(100).default(50),
});
