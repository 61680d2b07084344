import type { Database } from "@mgs/db/client";

/** Deletes what has expired, at most `limit` rows a call; rows that someone holds wait for the next one. */

export async function purgeOidcPayloads(database: Database, limit: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM "oidc_payloads" WHERE ("model", "id_hash") IN (
      SELECT "model", "id_hash" FROM "oidc_payloads" WHERE "expires_at" < now()
      ORDER BY "expires_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED)`;
}

export async function purgeRefreshReplays(database: Database, limit: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM "refresh_replays" WHERE "token_hash" IN (
      SELECT "token_hash" FROM "refresh_replays" WHERE "expires_at" < now()
      ORDER BY "expires_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED)`;
}

export async function purgePortalSessions(database: Database, limit: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM "portal_sessions" WHERE "id" IN (
      SELECT "id" FROM "portal_sessions" WHERE "expires_at" < now()
      ORDER BY "expires_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED)`;
}
