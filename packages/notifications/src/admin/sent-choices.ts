import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { readChoices } from "./sent.repository";

/** More would help nobody in a list. */
const MOST = 100;

/** Sources and types that have ever been sent, in alphabetical order. @throws AppError FORBIDDEN */
export async function sentChoices(
  deps: { database: Database },
  actor: Actor,
): Promise<{ sources: string[]; types: string[] }> {
  requirePermission(actor, "sent.read");
  const [sources, types] = await Promise.all([
    readChoices(deps.database, "source", MOST),
    readChoices(deps.database, "type", MOST),
  ]);
  return { sources, types };
}
