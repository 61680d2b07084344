import type { Database, Transaction } from "@mgs/db/client";
import type { ClientRow } from "./clients.repository";

/** A client, revoked or not. */
export async function findAnyClient(database: Database | Transaction, id: string): Promise<ClientRow | null> {
  return database.client.findUnique({ where: { id } });
}

/** Access tokens of a client, of people and its own. */
export async function countLiveTokens(database: Database, clientId: string): Promise<number> {
  return database.oidcPayload.count({
    where: { clientId, model: { in: ["AccessToken", "ClientCredentials"] }, expiresAt: { gt: new Date() } },
  });
}

/** @returns false when it is revoked, or gone */
export async function setSecretHash(tx: Transaction, id: string, secretHash: string): Promise<boolean> {
  const { count } = await tx.client.updateMany({ where: { id, revokedAt: null }, data: { secretHash } });
  return count === 1;
}

/** @returns false when it was revoked already */
export async function setRevokedAt(tx: Transaction, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.client.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } });
  return count === 1;
}

/** Everything the provider keeps for a client: tokens, codes, grants, and answers it might give again. */
export async function removeClientPayloads(tx: Transaction, clientId: string): Promise<number> {
  const { count } = await tx.oidcPayload.deleteMany({ where: { clientId } });
  await tx.refreshReplay.deleteMany({ where: { clientId } });
  return count;
}
