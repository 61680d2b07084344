import type { Database, Transaction } from "@mgs/db/client";

/**
 * Deletes what the provider stores for a client: tokens, codes, grants, and answers of the token endpoint that it would
 * repeat. A hook for the revocation of a client: it runs in the same transaction.
 * @returns how many tokens, codes and grants
 */
export async function deleteClientPayloads(tx: Transaction, clientId: string): Promise<number> {
  const { count } = await tx.oidcPayload.deleteMany({ where: { clientId } });
  await tx.refreshReplay.deleteMany({ where: { clientId } });
  return count;
}

/** Counts a client's access tokens that have not expired, people's and its own, up to `limit`: an index has them alone. */
export async function countLiveAccessTokens(
  database: Database | Transaction,
  clientId: string,
  limit: number,
): Promise<number> {
  const [row] = await database.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM oidc_payloads WHERE client_id = ${clientId} AND model IN ('AccessToken', 'ClientCredentials')
        AND expires_at > now() LIMIT ${limit}) live`;
  return row?.count ?? 0;
}
