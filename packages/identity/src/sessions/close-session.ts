import { type Actor, actorKey } from "@mgs/core/actor";
import { audit } from "@mgs/db/audit.repository";
import type { Transaction } from "@mgs/db/client";
import type { NewOutboxRow } from "@mgs/jobs/outbox.repository";
import { clientsToNotify, removeHanging } from "./hanging.repository";
import { sidOf } from "./sid";
import { markEnded } from "./user-sessions.repository";

export type EndReason = "logout" | "replaced" | "revoked" | "disabled";

/**
 * Ends one sign-in and all that hangs on it, inside the caller's transaction.
 * @returns the outbox rows that tell open pages and clients; null when it had ended already
 */
export async function closeSession(
  tx: Transaction,
  actor: Actor,
  session: { id: string; userId: number; oidcSessionUid: string },
  { at, reason }: { at: Date; reason: EndReason },
): Promise<NewOutboxRow[] | null> {
  if (!(await markEnded(tx, session.id, at, reason))) return null;
  const uid = session.oidcSessionUid;
  const logouts = (await clientsToNotify(tx, session.id, uid)).map(
    (clientId): NewOutboxRow => ({
      kind: "oidc.backchannel-logout",
      payload: { client_id: clientId, sub: String(session.userId), sid: sidOf(uid, clientId) },
    }),
  );
  await removeHanging(tx, session.id, uid);
  await audit(tx, { actor: actorKey(actor), action: "session.ended", subject: session.id, details: { reason } });
  return [{ kind: "session.ended", payload: { user_session_id: session.id, reason } }, ...logouts];
}
