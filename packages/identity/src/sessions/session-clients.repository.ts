import type { Database, Transaction } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";

const NOTE_SESSION_CLIENT = {
  name: "note-session-client",
  text: `INSERT INTO session_clients (user_session_id, client_id)
    SELECT s.id, $2 FROM user_sessions s WHERE s.id = $1::uuid AND s.ended_at IS NULL ON CONFLICT DO NOTHING`,
};

/** Writes down that a live sign-in is used in an application that is given no tokens: Administration, which is the provider itself. */
export async function noteSessionClient(database: Database, userSessionId: string, clientId: string): Promise<void> {
  await queryPrepared(database, NOTE_SESSION_CLIENT, [userSessionId, clientId]);
}

/**
 * Clients that were ever given tokens of a sign-in and want to be told of its end: those whose tokens have been revoked
 * since, as well.
 * @param alsoIds clients that hold something of it which is not written down here: a code that is on its way
 */
export async function findClientsToNotify(
  tx: Transaction,
  userSessionId: string,
  alsoIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM clients c
     WHERE c.id = ANY (${[...alsoIds]} || ARRAY(SELECT s.client_id FROM session_clients s WHERE s.user_session_id = ${userSessionId}::uuid))
       AND c.revoked_at IS NULL AND c.backchannel_logout_uri IS NOT NULL
     ORDER BY c.id`;
  return rows.map(({ id }) => id);
}

export async function deleteSessionClients(tx: Transaction, userSessionIds: readonly string[]): Promise<void> {
  await tx.sessionClient.deleteMany({ where: { userSessionId: { in: [...userSessionIds] } } });
}

/** Forgets that a client was given tokens of a sign-in: it was told that they have ended. */
export async function deleteSessionClient(tx: Transaction, userSessionId: string, clientId: string): Promise<void> {
  await tx.sessionClient.deleteMany({ where: { userSessionId, clientId } });
}
