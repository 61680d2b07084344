import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { allClients, type ClientRow } from "./clients.repository";

export type ClientSummary = {
  client_id: string;
  name: string;
  first_party: boolean;
  machine: boolean;
  redirect_uris: string[];
  scopes: string[];
  pkce_exempt: boolean;
  created_at: string;
  revoked: boolean;
};

/** Every registered client, without secrets. @throws AppError FORBIDDEN */
export async function listClients(deps: { database: Database }, actor: Actor): Promise<ClientSummary[]> {
  requirePermission(actor, "clients.read");
  const rows = await allClients(deps.database);
  return rows.map(toClientSummary);
}

export function toClientSummary(row: ClientRow): ClientSummary {
  return {
    client_id: row.id,
    name: row.name,
    first_party: row.firstParty,
    machine: row.machine,
    redirect_uris: row.redirectUris,
    scopes: row.scopes,
    pkce_exempt: row.pkceExempt,
    created_at: row.createdAt.toISOString(),
    revoked: row.revokedAt !== null,
  };
}
