import type { Database } from "@mgs/db/client";

/** Puts a new hash of the same secret in place, unless the secret has been changed meanwhile. */
export async function replaceSecretHash(database: Database, id: string, old: string, hash: string): Promise<void> {
  await database.client.updateMany({ where: { id, secretHash: old }, data: { secretHash: hash } });
  await database.client.updateMany({ where: { id, previousSecretHash: old }, data: { previousSecretHash: hash } });
}
