import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";

/**
 * Writes into the audit trail that somebody is about to change something in a person's name, whatever it is: acts of every domain that
 * have no entry of their own are in the trail by this one. It is written before the act, so that none is without.
 * @param request its method, and the path that it was sent to or the page that it was sent from
 */
export async function recordImpersonatedAct(
  database: Database,
  actor: Actor,
  request: { method: string; path: string },
): Promise<void> {
  if (actor.kind !== "user" || !actor.impersonation) return;
  await audit(database, { actor, action: "impersonation.acted", subject: actor.userId, details: request });
}
