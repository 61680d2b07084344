import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { findEndReason } from "./user-sessions.repository";

const uuid = z.uuid();

/**
 * Whether a person ended one of their own sign-ins themself. What is not known any more counts as ended by them: browsers ask
 * before they show what was typed under it.
 */
export async function wasSignedOut(database: Database, userId: number, userSessionId: string): Promise<boolean> {
  if (!uuid.safeParse(userSessionId).success) return true;
  const row = await findEndReason(database, userId, userSessionId);
  return row === null || row.endReason === "logout";
}
