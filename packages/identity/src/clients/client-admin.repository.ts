import type { Database, Transaction } from "@mgs/db/client";
import type { ClientRow } from "./clients.repository";

/** A client, revoked or not. */
export async function findAnyClient(database: Database | Transaction, id: string): Promise<ClientRow | null> {
  return database.client.findUnique({ where: { id } });
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
