import type { Database } from "@mgs/db/client";

/**
 * Deletes what has expired, at most `limit` rows a call; rows that someone holds wait for the next one. Each chooses its
 * rows apart from the deletion: a subselect in its WHERE may run anew for each row, and passes over what is deleted by now.
 */

export async function purgeOidcPayloads(database: Database, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH chosen AS MATERIALIZED (
      SELECT "model", "id_hash" FROM "oidc_payloads" WHERE "expires_at" < now()
      ORDER BY "expires_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM "oidc_payloads" p USING chosen WHERE p."model" = chosen."model" AND p."id_hash" = chosen."id_hash"`;
}

export async function purgeRefreshReplays(database: Database, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH chosen AS MATERIALIZED (
      SELECT "token_hash" FROM "refresh_replays" WHERE "expires_at" < now()
      ORDER BY "expires_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM "refresh_replays" r USING chosen WHERE r."token_hash" = chosen."token_hash"`;
}

export async function purgePortalSessions(database: Database, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH chosen AS MATERIALIZED (
      SELECT "id" FROM "portal_sessions" WHERE "expires_at" < now()
      ORDER BY "expires_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM "portal_sessions" s USING chosen WHERE s."id" = chosen."id"`;
}
