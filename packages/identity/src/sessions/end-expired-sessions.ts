import type { Database } from "@mgs/db/client";
import { insertOutbox, type NewOutboxRow } from "@mgs/jobs/outbox.repository";
import { markExpired } from "./user-sessions.repository";

/**
 * Ends sign-ins that have run out by themselves, and closes the pages that are open since then. Clients are not told:
 * their tokens have run out as well.
 * @param limit most of them in one call
 * @returns how many
 */
export async function endExpiredSessions(database: Database, limit: number): Promise<number> {
  return database.$transaction(async (tx) => {
    const ids = await markExpired(tx, limit);
    await tx.sessionClient.deleteMany({ where: { userSessionId: { in: ids } } });
    const told = ids.map(
      (id): NewOutboxRow => ({ kind: "session.ended", payload: { user_session_id: id, reason: "expired" } }),
    );
    await insertOutbox(tx, told);
    return ids.length;
  });
}
