import type { Database } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { sessionEnded } from "../outbox-kinds";
import { deleteSessionClients } from "./session-clients.repository";
import { markExpired } from "./user-sessions.repository";

/**
 * Ends sign-ins that have run out by themselves, and closes the pages that are open since then. Clients get no logout
 * token: their tokens have expired as well.
 * @param idleSeconds time since they were last seen
 * @param limit most of them in one call
 * @returns how many
 */
export async function endExpiredSessions(
  database: Database,
  hooks: readonly IdentityHooks[],
  idleSeconds: number,
  limit: number,
): Promise<number> {
  return database.$transaction(async (tx) => {
    const kept = hooks.flatMap(({ keepsSessionAlive }) => keepsSessionAlive ?? []);
    const ids = await markExpired(tx, kept, idleSeconds, limit);
    await deleteSessionClients(tx, ids);
    const rows = ids.map((id) => sessionEnded.row({ payload: { user_session_id: id, reason: "expired" } }));
    await insertOutbox(tx, rows);
    return ids.length;
  });
}
