import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { findTrailEvent, type TrailRow } from "./trail.repository";

/** One event of the trail. @throws AppError FORBIDDEN, NOT_FOUND */
export async function getTrailEvent(deps: { database: Database }, actor: Actor, id: string): Promise<TrailRow> {
  requirePermission(actor, "audit.read");
  const row = UUID_PATTERN.test(id) ? await findTrailEvent(deps.database, id) : null;
  if (!row) throw new AppError("NOT_FOUND");
  return row;
}
