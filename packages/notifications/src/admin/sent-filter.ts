import { z } from "zod";
import { userIdSchema } from "../contract/schemas";

/**
 * The state of a notification's deliveries. `failed`: one is a dead letter. `pending`: one waits or is being sent.
 * `delivered`: all were sent.
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

/** Selects sent notifications; every field is optional, and they apply together. */
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

/** Selects a page of them: the newest, or those before or after a row. */
export const sentQuery = sentFilter.extend({
  before: cursor.optional(),
  after: cursor.optional(),
  limit: z.int().min(1).max(100).default(50),
});
