import type { Impersonation } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import type { User } from "../users.repository";
import { findRunning } from "./impersonations.repository";
import { mayImpersonate } from "./permissions";

/** As whom a sign-in's browser acts. */
export type ActingPerson = { user: User; impersonation: Impersonation | null };

/**
 * Finds the person as whom a browser acts: its own, or the one whom they impersonate. An impersonation that is over, or not allowed any
 * more, leaves them as themself, whatever its row still says.
 * @param user the person of the sign-in
 * @param impersonationId what the sign-in's look-up has read (`IMPERSONATION_COLUMN`); null costs nothing
 */
export async function resolveActingPerson(
  database: Database,
  user: User,
  impersonationId: string | null,
): Promise<ActingPerson> {
  const running = impersonationId === null ? null : await findRunning(database, impersonationId);
  if (!running || running.administratorId !== user.id || !mayImpersonate(user, running.user))
    return { user, impersonation: null };
  const { id, expiresAt } = running;
  return { user: running.user, impersonation: { id, administrator: { id: user.id, name: user.name }, expiresAt } };
}
