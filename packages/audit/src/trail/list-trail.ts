import type { Actor } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { readTrail, type TrailRow } from "./trail.repository";
import { trailQuery } from "./trail-filter";

/** A page of the trail; `newer` goes into `after`, `older` into `before`. They are null at the ends. */
export type TrailPage = { items: TrailRow[]; newer: string | null; older: string | null };

/**
 * Lists the events of the trail, the newest first.
 * @param input `trailQuery`
 * @throws AppError FORBIDDEN, VALIDATION_ERROR
 */
export async function listTrail(deps: { database: Database }, actor: Actor, input: unknown = {}): Promise<TrailPage> {
  requirePermission(actor, "audit.read");
  const { before, after, limit, ...filter } = validate(trailQuery, input);
  const rows = await readTrail(deps.database, filter, { before, after }, limit + 1);
  const more = rows.length > limit;
  const items = after ? rows.slice(-limit) : rows.slice(0, limit);
  return {
    items,
    newer: before || (after && more) ? (items[0]?.id ?? null) : null,
    older: after || more ? (items.at(-1)?.id ?? null) : null,
  };
}
