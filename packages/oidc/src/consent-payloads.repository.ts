import type { Transaction } from "@mgs/db/client";
import type { LiveUserSession } from "@mgs/module/identity-hooks";
import { LOCK_GRANT } from "./grant-revocation.repository";
import { sessionGrantId } from "./session-grant-id";

/**
 * Deletes what a client holds of a person's sign-ins: grants, codes and tokens. A hook for the withdrawal of a consent: it runs in
 * the same transaction. As a revocation does, it waits for requests that are issuing for one of the grants.
 * @returns ids of the grants
 */
export async function deleteGrantsOf(
  tx: Transaction,
  clientId: string,
  sessions: readonly LiveUserSession[],
): Promise<string[]> {
  if (sessions.length === 0) return [];
  const uids = sessions.map(({ oidcSessionUid }) => oidcSessionUid);
  const rows = await tx.oidcPayload.findMany({
    where: { sessionUid: { in: uids }, clientId, grantId: { not: null } },
    select: { grantId: true },
    distinct: ["grantId"],
  });
  const issued = rows.map(({ grantId }) => grantId).filter((id) => id !== null);
  const grantIds = [...new Set([...issued, ...uids.map((uid) => sessionGrantId(uid, clientId))])].sort();
  for (const grantId of grantIds) await tx.$executeRawUnsafe(LOCK_GRANT, grantId);
  await tx.oidcPayload.deleteMany({
    where: { OR: [{ grantId: { in: grantIds } }, { sessionUid: { in: uids }, clientId }] },
  });
  return grantIds;
}
