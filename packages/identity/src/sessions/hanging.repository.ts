import type { Transaction } from "@mgs/db/client";

/**
 * Clients that were ever given tokens of a sign-in and want to be told of its end: those whose tokens have been revoked
 * since, as well. A code that is on its way counts, and so do tokens of before these were written down.
 */
export async function clientsToNotify(
  tx: Transaction,
  userSessionId: string,
  oidcSessionUid: string,
): Promise<string[]> {
  const [given, held] = await Promise.all([
    tx.sessionClient.findMany({ where: { userSessionId }, select: { clientId: true } }),
    tx.oidcPayload.findMany({
      where: { sessionUid: oidcSessionUid, clientId: { not: null } },
      select: { clientId: true },
      distinct: ["clientId"],
    }),
  ]);
  const ids = [...given, ...held].map((row) => row.clientId).filter((id) => id !== null);
  const clients = await tx.client.findMany({
    where: { id: { in: ids }, revokedAt: null, backchannelLogoutUri: { not: null } },
    select: { id: true },
  });
  return clients.map((client) => client.id);
}

/** Removes all that hangs on a session: the provider's session, its grants and tokens, the portals' sessions. */
export async function removeHanging(tx: Transaction, userSessionId: string, oidcSessionUid: string): Promise<void> {
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
  await tx.portalSession.deleteMany({ where: { userSessionId } });
  await tx.sessionClient.deleteMany({ where: { userSessionId } });
}
