import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { countLive, findLifetimes, type LiveCount, type StoredLifetimes } from "./session-lifetimes.repository";

/** Reads the lifetimes, and for how many sign-ins they hold. @throws AppError FORBIDDEN */
export async function getSessionLifetimes(
  { database }: { database: Database },
  actor: Actor,
): Promise<StoredLifetimes & { live: LiveCount }> {
  requirePermission(actor, "sessions.configure");
  const [stored, live] = await Promise.all([findLifetimes(database), countLive(database)]);
  return { ...stored, live };
}
