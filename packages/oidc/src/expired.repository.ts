import type { Database } from "@mgs/db/client";

// Each statement chooses its rows apart from the deletion: a subselect in its WHERE may run anew for each row, and passes
// over what is deleted by then. Rows that another transaction holds wait for the next call.

/** Deletes up to `limit` expired payloads. @returns how many */
export async function purgeOidcPayloads(database: Database, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH chosen AS MATERIALIZED (
      SELECT "model", "id_hash" FROM "oidc_payloads" WHERE "expires_at" < now()
      ORDER BY "expires_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM "oidc_payloads" p USING chosen WHERE p."model" = chosen."model" AND p."id_hash" = chosen."id_hash"`;
}

/** Deletes up to `limit` answers of the token endpoint that are not repeated any more. @returns how many */
export async function purgeRefreshReplays(database: Database, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH chosen AS MATERIALIZED (
      SELECT "token_hash" FROM "refresh_replays" WHERE "expires_at" < now()
      ORDER BY "expires_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM "refresh_replays" r USING chosen WHERE r."token_hash" = chosen."token_hash"`;
}
