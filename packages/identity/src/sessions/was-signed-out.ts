import { UUID_PATTERN } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import { findEnd } from "./user-sessions.repository";

/**
 * Whether a person ended one of their own sign-ins themself. A sign-in that is not known any more counts as ended by them: browsers
 * ask before they restore a text that was typed during it.
 */
export async function wasSignedOut(database: Database, userId: number, userSessionId: string): Promise<boolean> {
  if (!UUID_PATTERN.test(userSessionId)) return true;
  const row = await findEnd(database, { id: userSessionId, userId });
  return row === null || row.endReason === "logout";
}
