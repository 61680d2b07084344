import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { readChoices } from "./sent.repository";

/** A longer list helps no reader. */
const MAX_CHOICES = 100;

/** Lists the sources and types of all sent notifications, in alphabetical order. @throws AppError FORBIDDEN */
export async function listSentChoices(
  deps: { database: Database },
  actor: Actor,
): Promise<{ sources: string[]; types: string[] }> {
  requirePermission(actor, "sent.read");
  const [sources, types] = await Promise.all([
    readChoices(deps.database, "source", MAX_CHOICES),
    readChoices(deps.database, "type", MAX_CHOICES),
  ]);
  return { sources, types };
}
