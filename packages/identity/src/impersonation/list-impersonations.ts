import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { findRunningOf } from "./impersonations.repository";

/** Somebody who acts in a person's name at this moment. */
export type ImpersonationDto = {
  id: string;
  administrator: string;
  reason: string;
  started_at: string;
  expires_at: string;
};

/** Who acts in a person's name, the latest first. @throws AppError FORBIDDEN */
export async function listImpersonations(
  deps: { database: Database },
  actor: Actor,
  { userId }: { userId: number },
): Promise<ImpersonationDto[]> {
  requirePermission(actor, "accounts.impersonate");
  const rows = await findRunningOf(deps.database, userId);
  return rows.map(({ id, administrator, reason, startedAt, expiresAt }) => ({
    ...{ id, administrator: administrator.name, reason },
    ...{ started_at: startedAt.toISOString(), expires_at: expiresAt.toISOString() },
  }));
}
