import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import type { ClientRow } from "./clients.repository";

/** A client, revoked or not. */
export async function findAnyClient(database: Database | Transaction, id: string): Promise<ClientRow | null> {
  return database.client.findUnique({ where: { id } });
}

/**
 * Puts a new secret in place; the one before opens as well until `previousUntil`, or not at all when that is null. The same key a
 * second time replaces the secret of the first time, which nobody has seen, and keeps the one that was there before both.
 * @returns false when the client is revoked, or gone
 */
export async function setSecretHash(
  tx: Transaction,
  id: string,
  { secretHash, previousUntil, key }: { secretHash: string; previousUntil: Date | null; key: string | null },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE clients SET secret_hash = ${secretHash}, previous_secret_until = ${previousUntil}::timestamptz,
      previous_secret_hash = CASE WHEN ${previousUntil}::timestamptz IS NULL THEN NULL
        WHEN rotation_key = ${key} THEN previous_secret_hash ELSE secret_hash END,
      rotation_key = ${key}
    WHERE id = ${id} AND revoked_at IS NULL`;
  return changed === 1;
}

/** Ends the secret before the last rotation. @returns false when there is none that opens at `at` */
export async function clearPreviousSecret(tx: Transaction, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.client.updateMany({
    where: { id, revokedAt: null, previousSecretUntil: { gt: at } },
    data: { previousSecretHash: null, previousSecretUntil: null },
  });
  return count === 1;
}

/** @returns false when it was revoked already */
export async function setRevokedAt(tx: Transaction, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.client.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } });
  return count === 1;
}

/** What an edit may change. */
export type EditableClient = Pick<
  ClientRow,
  "name" | "redirectUris" | "postLogoutRedirectUris" | "backchannelLogoutUri" | "scopes" | "pkceExempt"
>;

/** Saves an edit over the version that it began with. @returns false when the client is another one by now, or revoked */
export async function saveClient(
  tx: Transaction,
  { id, version }: { id: string; version: number },
  data: EditableClient,
): Promise<boolean> {
  const { count } = await tx.client.updateMany({
    where: { id, version, revokedAt: null },
    data: { ...data, version: { increment: 1 } },
  });
  return count === 1;
}

export const CLIENT_KINDS = ["web", "machine", "portal"] as const;
export type ClientKind = (typeof CLIENT_KINDS)[number];
export const CLIENT_STATES = ["active", "revoked"] as const;
export type ClientState = (typeof CLIENT_STATES)[number];

export type ClientFilter = {
  search?: string | undefined;
  kind?: ClientKind | undefined;
  state?: ClientState | undefined;
  limit: number;
  offset: number;
};

export type ListedClient = Pick<ClientRow, "id" | "name" | "firstParty" | "machine" | "pkceExempt" | "revokedAt"> & {
  signIns: number;
  lastUsedAt: Date | null;
};

/** One page of the clients by name, each with its use: at most thirty rows for each are read, whatever its traffic. */
export async function selectClients(database: Database, filter: ClientFilter): Promise<ListedClient[]> {
  const { search, kind, state, limit, offset } = filter;
  const pattern = search === undefined ? undefined : `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  const conditions = [
    Prisma.sql`true`,
    ...(pattern === undefined ? [] : [Prisma.sql`(c.name ILIKE ${pattern} OR c.id ILIKE ${pattern})`]),
    ...(kind === "portal" ? [Prisma.sql`c.first_party`] : []),
    ...(kind === "machine" ? [Prisma.sql`c.machine AND NOT c.first_party`] : []),
    ...(kind === "web" ? [Prisma.sql`NOT c.machine AND NOT c.first_party`] : []),
    ...(state === undefined
      ? []
      : [state === "active" ? Prisma.sql`c.revoked_at IS NULL` : Prisma.sql`c.revoked_at IS NOT NULL`]),
  ];
  return database.$queryRaw<ListedClient[]>`
    SELECT c.id, c.name, c.first_party AS "firstParty", c.machine, c.pkce_exempt AS "pkceExempt", c.revoked_at AS "revokedAt",
      coalesce(u.sign_ins, 0)::int AS "signIns", l.last_used_at AS "lastUsedAt"
    FROM (SELECT * FROM clients c WHERE ${Prisma.join(conditions, " AND ")}
          ORDER BY c.first_party DESC, lower(c.name), c.id LIMIT ${limit} OFFSET ${offset}) c
    LEFT JOIN LATERAL (SELECT sum(u.sign_ins) AS sign_ins FROM client_uses u
      WHERE u.client_id = c.id AND u.day > (now() AT TIME ZONE 'UTC')::date - 30) u ON true
    LEFT JOIN LATERAL (SELECT u.last_used_at FROM client_uses u WHERE u.client_id = c.id ORDER BY u.day DESC LIMIT 1) l ON true
    ORDER BY c.first_party DESC, lower(c.name), c.id`;
}
