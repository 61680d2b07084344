import { audit } from "@mgs/audit/audit.repository";
import { holderOf } from "@mgs/core/access-proof";
import type { Actor } from "@mgs/core/actor";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { socketsClosed } from "../outbox-kinds";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import type { SessionEndDeps } from "../sessions/end-session";
import { setRevokedAt } from "./client-admin.repository";
import { requireOutsideClient } from "./require-outside-client";

/**
 * Takes a client's rights away for good: it cannot authenticate, and its tokens, its people's and its own, end in the
 * same transaction. Sockets that one of them let in are closed.
 * @returns whether it had them before
 * @throws AppError PROOF_REQUIRED, FORBIDDEN, CLIENT_NOT_FOUND; PORTAL_CLIENT for a portal's own
 */
export async function revokeClient(
  deps: SessionEndDeps,
  actor: Actor,
  clientId: string,
): Promise<{ changed: boolean }> {
  requirePermission(actor, "clients.manage");
  await requireFreshProof(deps, actor);
  const { name } = await requireOutsideClient(deps.database, clientId);
  const { changed, refs } = await deps.database.$transaction(async (tx) => {
    const changed = await setRevokedAt(tx, clientId, deps.clock.now());
    for (const hook of deps.identityHooks) await hook.onClientTokensEnd?.(tx, clientId);
    if (changed) await audit(tx, { actor, action: "client.revoked", subject: clientId, details: { name } });
    return {
      changed,
      refs: await insertOutbox(tx, [socketsClosed.row({ payload: { holders: [holderOf.client(clientId)] } })]),
    };
  });
  await deps.enqueuer.enqueue(refs);
  return { changed };
}
