import { type Actor, actorKey, requireAdministrator } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { audit } from "@mgs/db/audit.repository";
import type { Database } from "@mgs/db/client";
import { removeClientPayloads, setRevokedAt } from "./client-admin.repository";
import { requireOutsideClient } from "./require-outside-client";

/**
 * Takes a client's rights away for good: it cannot authenticate, and its tokens, its people's and its own, end in the
 * same transaction.
 * @returns whether it had them before
 * @throws AppError FORBIDDEN, CLIENT_NOT_FOUND; PORTAL_CLIENT for a portal's own
 */
export async function revokeClient(
  deps: { database: Database; clock: Clock },
  actor: Actor,
  clientId: string,
): Promise<{ changed: boolean }> {
  requireAdministrator(actor);
  await requireOutsideClient(deps.database, clientId);
  return deps.database.$transaction(async (tx) => {
    const changed = await setRevokedAt(tx, clientId, deps.clock.now());
    await removeClientPayloads(tx, clientId);
    if (changed) await audit(tx, { actor: actorKey(actor), action: "client.revoked", subject: clientId });
    return { changed };
  });
}
