import { isIP } from "node:net";
import { AUDIT_ACTIONS, type AuditActionGroup } from "@mgs/core/audit-actions";
import { isUserId } from "@mgs/core/user-id";
import { z } from "zod";

/** The groups of actions, in the order of the list. */
export const AUDIT_GROUPS = [
  ...new Set(Object.keys(AUDIT_ACTIONS).map((action) => action.split(".")[0])),
] as readonly AuditActionGroup[];

const time = z.iso.datetime({ offset: true, error: "INVALID_VALUE" }).transform((iso) => new Date(iso));
const cursor = z.uuid({ error: "INVALID_CURSOR" });

/** Selects events; every field is optional, and they apply together. A misspelt one is refused: it would select more. */
export const trailFilter = z.strictObject({
  /** Who acted, in their own or in another person's name, or whom it concerns. */
  user_id: z.coerce.number().refine(isUserId, { error: "INVALID_ID" }).optional(),
  /** The part of an action before its dot. */
  group: z.enum(AUDIT_GROUPS, { error: "INVALID_CHOICE" }).optional(),
  /** The whole address. */
  ip: z
    .string()
    .max(45)
    .refine((text) => isIP(text) !== 0, { error: "INVALID_VALUE" })
    .optional(),
  /** ISO 8601, included. */
  from: time.optional(),
  /** ISO 8601, excluded. */
  to: time.optional(),
});
export type TrailFilter = z.output<typeof trailFilter>;

/** Selects a page: the newest events, or those before or after one. */
export const trailQuery = trailFilter.extend({
  before: cursor.optional(),
  after: cursor.optional(),
  limit: z.int().min(1).max(100).default(50),
});
