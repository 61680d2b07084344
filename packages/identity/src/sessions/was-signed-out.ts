import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { findEnd } from "./user-sessions.repository";

const uuid = z.uuid();

/**
 * Whether a person ended one of their own sign-ins themself. A sign-in that is not known any more counts as ended by them: browsers
 * ask before they restore a text that was typed during it.
 */
export async function wasSignedOut(database: Database, userId: number, userSessionId: string): Promise<boolean> {
  if (!uuid.safeParse(userSessionId).success) return true;
  const row = await findEnd(database, { id: userSessionId, userId });
  return row === null || row.endReason === "logout";
}
