import { UUID_PATTERN } from "@mgs/core/ids";
import { isSessionEndReason, type SessionEndReason } from "@mgs/core/session-end-reasons";
import type { Database } from "@mgs/db/client";
import { findEnd } from "./user-sessions.repository";

/**
 * Reads from the address of the sign-in why the session before it has ended. A page that was told names the reason; one that was asleep or
 * offline meanwhile names its `user_sessions` id, which its person alone knows, and the reason is looked up.
 * @returns null when it is not known, or goes on; never an error, since the sign-in does not depend on it
 */
export async function readSessionEnd(database: Database, said: string | null): Promise<SessionEndReason | null> {
  if (isSessionEndReason(said)) return said;
  if (said === null || !UUID_PATTERN.test(said)) return null;
  const end = await findEnd(database, { id: said }).catch(() => null);
  if (end?.endReason) return isSessionEndReason(end.endReason) ? end.endReason : null;
  return end && end.expiresAt <= new Date() ? "expired" : null;
}
