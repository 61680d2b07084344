import type { Database } from "@mgs/db/client";
import { findRequirement } from "./role-requirements.repository";

/** Whether people of a role have to prove a second factor when they sign in. A passkey is one. */
export function isSecondFactorRequired(database: Database, role: string): Promise<boolean> {
  return findRequirement(database, role);
}
