import type { Database, Transaction } from "@mgs/db/client";
import type { LiveUserSession } from "@mgs/identity/sessions/user-sessions.repository";

const TOKEN_MODELS = ["AccessToken", "RefreshToken"];

/**
 * Deletes what the provider stores for a sign-in: its session, and the grants, codes and tokens made under it. A hook for
 * the end of a sign-in: it runs in the transaction that marks the sign-in as ended.
 * @returns hashed identifiers of the tokens that were live, which name them in logs
 */
export async function deleteSessionPayloads(
  tx: Transaction,
  { oidcSessionUid }: Pick<LiveUserSession, "oidcSessionUid">,
): Promise<string[]> {
  const grants = await tx.oidcPayload.findMany({
    where: { sessionUid: oidcSessionUid, grantId: { not: null } },
    select: { grantId: true },
    distinct: ["grantId"],
  });
  const grantIds = grants.map((row) => row.grantId).filter((id) => id !== null);
  const where = {
    OR: [{ sessionUid: oidcSessionUid }, { model: "Session", uid: oidcSessionUid }, { grantId: { in: grantIds } }],
  };
  const tokens = await tx.oidcPayload.findMany({
    where: { ...where, model: { in: TOKEN_MODELS }, consumedAt: null },
    select: { idHash: true },
  });
  await tx.oidcPayload.deleteMany({ where });
  return tokens.map(({ idHash }) => idHash);
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
