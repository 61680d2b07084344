import type { Database } from "@mgs/db/client";
import { queryPrepared, violatedConstraint } from "@mgs/db/prepared";
import { z } from "zod";

/** A caller's key, and the hash of the request that it belongs to. */
export type Idempotency = { owner: string; key: string; requestHash: string };

/** The fields of the first answer that do not follow from the request. */
const firstAnswer = z.object({ id: z.string(), created_at: z.coerce.date(), source: z.string() });
export type FirstAnswer = z.output<typeof firstAnswer>;

export type IdempotencyRecord = { requestHash: string; answer: FirstAnswer };

type KeyRow = { requestHash: string; response: unknown };

/** Finds the record of a key, and deletes an expired one. */
export async function findIdempotencyRecord(
  database: Database,
  idempotency: Idempotency,
): Promise<IdempotencyRecord | null> {
  const rows = await queryPrepared<KeyRow & { expired: boolean }>(database, FIND_RECORD, [
    idempotency.owner,
    idempotency.key,
  ]);
  const row = rows[0];
  if (row?.expired) await deleteExpiredKey(database, idempotency);
  return row && !row.expired ? toRecord(row) : null;
}

const FIND_RECORD = {
  name: "find-idempotency-record",
  text: `SELECT request_hash AS "requestHash", response, expires_at <= now() AS expired
    FROM idempotency_keys WHERE owner = $1 AND key = $2`,
};

export async function readIdempotencyRecord(
  database: Database,
  { owner, key }: Idempotency,
): Promise<IdempotencyRecord | null> {
  const row = await database.idempotencyKey.findUnique({ where: { owner_key: { owner, key } } });
  return row && toRecord(row);
}

/** Whether a statement failed because a concurrent request has taken the key. */
export function isKeyTaken(error: unknown): boolean {
  return violatedConstraint(error) === "idempotency_keys_pkey";
}

/** Deletes up to `limit` expired keys; like `purgeTombstones` it chooses them once, before it deletes. @returns how many */
export async function purgeIdempotencyKeys(database: Database, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH chosen AS MATERIALIZED (
      SELECT "owner", "key" FROM "idempotency_keys" WHERE "expires_at" <= now()
      ORDER BY "expires_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM "idempotency_keys" k USING chosen WHERE k."owner" = chosen."owner" AND k."key" = chosen."key"`;
}

async function deleteExpiredKey(database: Database, { owner, key }: Idempotency): Promise<void> {
  await database.$executeRaw`
    DELETE FROM "idempotency_keys" WHERE "owner" = ${owner} AND "key" = ${key} AND "expires_at" <= now()`;
}

function toRecord({ requestHash, response }: KeyRow): IdempotencyRecord {
  return { requestHash, answer: firstAnswer.parse(response) };
}
