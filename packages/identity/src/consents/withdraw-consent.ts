import { audit } from "@mgs/audit/audit.repository";
import { holderOf } from "@mgs/core/access-proof";
import { type Actor, refuseWhileImpersonating } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";
import type { Transaction } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import type { LiveUserSession } from "@mgs/module/identity-hooks";
import { findAnyClient } from "../clients/client-admin.repository";
import { socketsClosed } from "../outbox-kinds";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import type { SessionEndDeps } from "../sessions/end-session";
import { deleteSessionClient, findClientsToNotify } from "../sessions/session-clients.repository";
import { lockLiveSessions } from "../sessions/user-sessions.repository";
import { markWithdrawn } from "./consents.repository";

/**
 * Takes a consent back. The client's grants for this person end in the same transaction, with their codes, access and refresh tokens;
 * sockets that they let in are closed. Where the client has a session of the person it gets a logout token for it: it knew them by
 * this consent alone (decision 63). The person stays signed in here, and the next request asks them again.
 * @throws AppError FORBIDDEN; PROOF_REQUIRED of an administrator; CLIENT_NOT_FOUND when there is no consent to withdraw
 */
export async function withdrawConsent(
  deps: SessionEndDeps,
  actor: Actor,
  { userId, clientId }: { userId: number; clientId: string },
): Promise<{ client_name: string }> {
  requirePermission(actor, "consents.manage", { userId });
  refuseWhileImpersonating(actor);
  // A person's own withdrawal takes rights away and gives none, as a sign-out does.
  if (actor.kind !== "user" || actor.userId !== userId) await requireFreshProof(deps, actor);
  const client = isStorableText(clientId) ? await findAnyClient(deps.database, clientId) : null;
  if (!client) throw new AppError("CLIENT_NOT_FOUND");
  const refs = await deps.database.$transaction(async (tx) => {
    if (!(await markWithdrawn(tx, userId, clientId, deps.clock.now()))) throw new AppError("CLIENT_NOT_FOUND");
    const rows = await endGrants(deps, tx, userId, clientId);
    await audit(tx, {
      actor,
      action: "consent.withdrawn",
      subject: clientId,
      userId,
      details: { name: client.name },
    });
    return insertOutbox(tx, rows);
  });
  await deps.enqueuer.enqueue(refs);
  return { client_name: client.name };
}

async function endGrants(
  { identityHooks: hooks }: SessionEndDeps,
  tx: Transaction,
  userId: number,
  clientId: string,
): Promise<NewOutboxRow[]> {
  const sessions = await lockLiveSessions(tx, userId);
  const logouts: NewOutboxRow[] = [];
  for (const session of sessions) logouts.push(...(await logoutOfClient(session)));
  const grantIds: string[] = [];
  for (const hook of hooks) grantIds.push(...((await hook.onConsentWithdrawn?.(tx, clientId, sessions)) ?? []));
  if (grantIds.length === 0) return logouts;
  return [socketsClosed.row({ payload: { holders: grantIds.map(holderOf.grant) } }), ...logouts];

  async function logoutOfClient(session: LiveUserSession): Promise<NewOutboxRow[]> {
    const notified = (await findClientsToNotify(tx, session.id, [])).filter((id) => id === clientId);
    await deleteSessionClient(tx, session.id, clientId);
    if (notified.length === 0) return [];
    return hooks.flatMap(({ createLogoutRow }) => (createLogoutRow ? [createLogoutRow(session, clientId)] : []));
  }
}
