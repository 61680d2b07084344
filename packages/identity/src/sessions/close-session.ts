import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import type { Transaction } from "@mgs/db/client";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { sessionEnded } from "../outbox-kinds";
import { deleteSessionClients, findClientsToNotify } from "./session-clients.repository";
import { type LiveUserSession, markEnded } from "./user-sessions.repository";

export type EndReason = "logout" | "replaced" | "revoked" | "disabled" | "password-changed" | "not-me";

/**
 * Ends one sign-in with everything that depends on it, inside the caller's transaction.
 * @returns the outbox rows that tell open pages and clients; null when it had ended already
 */
export async function closeSession(
  tx: Transaction,
  hooks: readonly IdentityHooks[],
  actor: Actor,
  session: LiveUserSession,
  { at, reason }: { at: Date; reason: EndReason },
): Promise<NewOutboxRow[] | null> {
  if (!(await markEnded(tx, session.id, at, reason))) return null;
  const clientIds: string[] = [];
  for (const hook of hooks) clientIds.push(...((await hook.findSessionClientIds?.(tx, session)) ?? []));
  const notified = await findClientsToNotify(tx, session.id, clientIds);
  const logouts = hooks.flatMap((hook) => hook.createLogoutRows?.(session, notified) ?? []);
  for (const hook of hooks) await hook.onSessionEnd?.(tx, session);
  await deleteSessionClients(tx, [session.id]);
  await audit(tx, {
    actor,
    action: "session.ended",
    subject: session.id,
    userId: session.userId,
    details: { reason },
  });
  return [sessionEnded.row({ payload: { user_session_id: session.id, reason } }), ...logouts];
}
