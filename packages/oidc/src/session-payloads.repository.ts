import type { Database, Transaction } from "@mgs/db/client";
import type { LiveUserSession } from "@mgs/identity/sessions/user-sessions.repository";

/**
 * Deletes what the provider stores for a sign-in: its session, and the grants, codes and tokens made under it. A hook for
 * the end of a sign-in: it runs in the transaction that marks the sign-in as ended.
 */
export async function deleteSessionPayloads(
  tx: Transaction,
  { oidcSessionUid }: Pick<LiveUserSession, "oidcSessionUid">,
): Promise<void> {
  const grants = await tx.oidcPayload.findMany({
    where: { sessionUid: oidcSessionUid, grantId: { not: null } },
    select: { grantId: true },
    distinct: ["grantId"],
  });
  const grantIds = grants.map((row) => row.grantId).filter((id) => id !== null);
  await tx.oidcPayload.deleteMany({
    where: {
      OR: [{ sessionUid: oidcSessionUid }, { model: "Session", uid: oidcSessionUid }, { grantId: { in: grantIds } }],
    },
  });
}

/** Ids of the clients that hold a code or a token of a sign-in. */
export async function findSessionClientIds(
  tx: Database | Transaction,
  { oidcSessionUid }: Pick<LiveUserSession, "oidcSessionUid">,
): Promise<string[]> {
  const rows = await tx.oidcPayload.findMany({
    where: { sessionUid: oidcSessionUid, clientId: { not: null } },
    select: { clientId: true },
    distinct: ["clientId"],
  });
  return rows.map((row) => row.clientId).filter((id) => id !== null);
}

/** Of these sign-ins, the `oidcSessionUid` of those whose provider session has not expired. */
export async function findLiveProviderSessionUids(
  tx: Database | Transaction,
  oidcSessionUids: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.oidcPayload.findMany({
    where: {
      model: "Session",
      uid: { in: [...oidcSessionUids] },
      OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
    },
    select: { uid: true },
  });
  return new Set(rows.map((row) => row.uid).filter((uid) => uid !== null));
}
