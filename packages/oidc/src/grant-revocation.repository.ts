import { holderOf } from "@mgs/core/access-proof";
import type { Database } from "@mgs/db/client";
import { socketsClosed } from "@mgs/identity/outbox-kinds";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox } from "@mgs/jobs/outbox.repository";

/** A grant's key in PostgreSQL's advisory locks: requests that issue for it share the lock, a revocation takes it alone. */
export const grantLock = (grantId: string): string => `hashtextextended(${grantId}, 0)`;

/** Waits for requests that are issuing for a grant, and keeps later ones waiting until the transaction is over. */
export const LOCK_GRANT = `SELECT pg_advisory_xact_lock(${grantLock("$1")})`;
const FAMILY = ["AccessToken", "RefreshToken", "AuthorizationCode"];

/**
 * Revokes all codes and tokens of a grant. It waits for requests that are issuing for the grant and deletes in a statement
 * after that, which sees what they issued; later requests find their code or token gone. Sockets that were authorized by
 * one of these tokens are closed.
 */
export async function destroyByGrant(deps: { database: Database; enqueuer: Enqueuer }, grantId: string): Promise<void> {
  const refs = await deps.database.$transaction(async (tx) => {
    await tx.$executeRawUnsafe(LOCK_GRANT, grantId);
    const { count } = await tx.oidcPayload.deleteMany({ where: { grantId, model: { in: FAMILY } } });
    if (count === 0) return [];
    return insertOutbox(tx, [socketsClosed.row({ payload: { holders: [holderOf.grant(grantId)] } })]);
  });
  await deps.enqueuer.enqueue(refs);
}
