import type { Database } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";

export type ClientRow = {
  id: string;
  name: string;
  secretHash: string;
  firstParty: boolean;
  machine: boolean;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  backchannelLogoutUri: string | null;
  scopes: string[];
  createdAt: Date;
  revokedAt: Date | null;
};

const FIND = {
  name: "find-client",
  text: `SELECT id, name, secret_hash AS "secretHash", first_party AS "firstParty", machine,
      redirect_uris AS "redirectUris", post_logout_redirect_uris AS "postLogoutRedirectUris",
      backchannel_logout_uri AS "backchannelLogoutUri", scopes, created_at AS "createdAt", revoked_at AS "revokedAt"
    FROM clients WHERE id = $1 AND revoked_at IS NULL`,
};

export async function findClient(database: Database, id: string): Promise<ClientRow | null> {
  return (await queryPrepared<ClientRow>(database, FIND, [id]))[0] ?? null;
}

export async function allClients(database: Database): Promise<ClientRow[]> {
  return database.client.findMany({ orderBy: { createdAt: "asc" } });
}

export async function insertClient(
  database: Database,
  client: Omit<ClientRow, "createdAt" | "revokedAt">,
): Promise<void> {
  await database.client.create({ data: client });
}

/** First-party clients follow their environment at each start: addresses and secrets may have changed. */
export async function upsertClient(
  database: Database,
  client: Omit<ClientRow, "createdAt" | "revokedAt">,
): Promise<void> {
  const { id, ...data } = client;
  await database.client.upsert({ where: { id }, create: client, update: { ...data, revokedAt: null } });
}
