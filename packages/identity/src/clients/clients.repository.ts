import type { Database, Transaction } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";

export type ClientRow = {
  id: string;
  name: string;
  secretHash: string;
  /** The secret before the last rotation; null when there is none, or its time is over. */
  previousSecretHash: string | null;
  previousSecretUntil: Date | null;
  firstParty: boolean;
  machine: boolean;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  backchannelLogoutUri: string | null;
  scopes: string[];
  pkceExempt: boolean;
  version: number;
  createdAt: Date;
  revokedAt: Date | null;
};

/** A client that is registered. */
export type NewClient = Omit<
  ClientRow,
  "createdAt" | "revokedAt" | "previousSecretHash" | "previousSecretUntil" | "pkceExempt" | "version"
> & { pkceExempt?: boolean };

const FIND = {
  name: "find-client",
  text: `SELECT id, name, secret_hash AS "secretHash", first_party AS "firstParty", machine,
      CASE WHEN previous_secret_until > now() THEN previous_secret_hash END AS "previousSecretHash",
      CASE WHEN previous_secret_until > now() THEN previous_secret_until END AS "previousSecretUntil",
      redirect_uris AS "redirectUris", post_logout_redirect_uris AS "postLogoutRedirectUris",
      backchannel_logout_uri AS "backchannelLogoutUri", scopes, pkce_exempt AS "pkceExempt", version,
      created_at AS "createdAt", revoked_at AS "revokedAt"
    FROM clients WHERE id = $1 AND revoked_at IS NULL`,
};

/** A client that may authenticate, as it is at this moment. */
export async function findClient(database: Database, id: string): Promise<ClientRow | null> {
  return (await queryPrepared<ClientRow>(database, FIND, [id]))[0] ?? null;
}

export async function allClients(database: Database): Promise<ClientRow[]> {
  return database.client.findMany({ orderBy: { createdAt: "asc" } });
}

export async function insertClient(database: Database | Transaction, client: NewClient): Promise<void> {
  await database.client.create({ data: client });
}

/** First-party clients follow their environment at each start: addresses and secrets may have changed. */
export async function upsertClient(database: Database, client: NewClient): Promise<void> {
  const { id, ...data } = client;
  await database.client.upsert({ where: { id }, create: client, update: { ...data, revokedAt: null } });
}
