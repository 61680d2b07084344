import type { Database, Prisma, Transaction } from "@mgs/db/client";

/** A caller's `Idempotency-Key`, and the hash of the request that it stands for. */
export type IdempotencyKey = { owner: string; key: string; requestHash: string; expiresAt: Date };

export type KeptAnswer = { requestHash: string; answer: unknown };

/**
 * Takes a key for the transaction: a second request with it waits until this one is over.
 * @returns null when it was free, or what was answered to whoever had it
 */
export async function takeKey(
  tx: Transaction,
  { owner, key, requestHash, expiresAt }: IdempotencyKey,
  now: Date,
): Promise<KeptAnswer | null> {
  await tx.$executeRaw`DELETE FROM record_keys WHERE owner = ${owner} AND key = ${key} AND expires_at <= ${now}`;
  const taken = await tx.$executeRaw`
    INSERT INTO record_keys (owner, key, request_hash, expires_at) VALUES (${owner}, ${key}, ${requestHash}, ${expiresAt})
    ON CONFLICT DO NOTHING`;
  if (taken === 1) return null;
  const row = await tx.recordKey.findUniqueOrThrow({ where: { owner_key: { owner, key } } });
  return { requestHash: row.requestHash, answer: row.answer };
}

/** Keeps the answer that a repetition of the request gets. */
export async function keepAnswer(
  tx: Transaction,
  { owner, key }: Pick<IdempotencyKey, "owner" | "key">,
  answer: unknown,
): Promise<void> {
  await tx.recordKey.update({
    where: { owner_key: { owner, key } },
    data: { answer: answer as Prisma.InputJsonValue },
  });
}

/** Deletes up to `limit` expired keys. @returns how many */
export async function purgeKeys(database: Database, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH chosen AS MATERIALIZED (
      SELECT owner, key FROM record_keys WHERE expires_at <= now() ORDER BY expires_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM record_keys k USING chosen WHERE k.owner = chosen.owner AND k.key = chosen.key`;
}
