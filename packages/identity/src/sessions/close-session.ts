import { audit } from "@mgs/audit/audit.repository";
import type { AuditedUser } from "@mgs/audit/audit-entry";
import type { Actor } from "@mgs/core/actor";
import type { SessionEndReason } from "@mgs/core/session-end-reasons";
import type { Transaction } from "@mgs/db/client";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { closeAll } from "../impersonation/end-impersonation";
import { findUnended } from "../impersonation/impersonations.repository";
import { securityNoticeRow } from "../notices/security-notice";
import { sessionEnded } from "../outbox-kinds";
import { type ClientLogout, insertLogoutDeliveries } from "./logout-deliveries.repository";
import { deleteSessionClients, findClientsToNotify } from "./session-clients.repository";
import { type LiveUserSession, markEnded } from "./user-sessions.repository";

/**
 * Ends one sign-in with everything that depends on it, inside the caller's transaction. Every end of a sign-in, for whatever
 * reason, passes here.
 * @returns the outbox rows that tell open pages and clients; null when it had ended already
 */
export async function closeSession(
  tx: Transaction,
  hooks: readonly IdentityHooks[],
  actor: Actor | AuditedUser,
  session: LiveUserSession,
  { at, reason }: { at: Date; reason: SessionEndReason },
): Promise<NewOutboxRow[] | null> {
  if (!(await markEnded(tx, session.id, at, reason))) return null;
  const clientIds: string[] = [];
  for (const hook of hooks) clientIds.push(...((await hook.findSessionClientIds?.(tx, session)) ?? []));
  const notified = await findClientsToNotify(tx, session.id, clientIds);
  const logouts = hooks.flatMap(({ createLogoutRow }) =>
    createLogoutRow
      ? notified.map((clientId): ClientLogout => ({ clientId, row: createLogoutRow(session, clientId) }))
      : [],
  );
  const logoutRows = await insertLogoutDeliveries(tx, session.id, logouts);
  const tokenIds: string[] = [];
  for (const hook of hooks) tokenIds.push(...((await hook.onSessionEnd?.(tx, session)) ?? []));
  await deleteSessionClients(tx, [session.id]);
  const acted = await findUnended(tx, { userSessionId: session.id });
  const impersonations = await closeAll(tx, actor, acted, { at, reason: "session-ended" });
  await audit(tx, {
    actor,
    action: "session.ended",
    subject: session.id,
    userId: session.userId,
    details: { reason },
  });
  const payload = { user_session_id: session.id, reason, user_id: session.userId, token_ids: tokenIds };
  const notices = reason === "token-reuse" ? [securityNoticeRow({ userId: session.userId, notice: reason, at })] : [];
  return [sessionEnded.row({ payload }), ...impersonations, ...logoutRows, ...notices];
}
