import type { Actor } from "@mgs/core/actor";
import { isStorableText } from "@mgs/core/text";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { type ClientKind, type ClientState, selectClients } from "./client-admin.repository";

const PAGE_SIZE = 50;

export type ClientSearch = {
  /** Part of a name or an id. */
  search?: string | undefined;
  kind?: ClientKind | undefined;
  state?: ClientState | undefined;
  /** Counted from 1. */
  page?: number | undefined;
};

export type FoundClient = {
  client_id: string;
  name: string;
  kind: ClientKind;
  pkce_exempt: boolean;
  revoked_at: string | null;
  /** Sign-ins in the last 30 days. */
  sign_ins: number;
  last_used_at: string | null;
};

/** One page of the clients, portals first, then by name. @throws AppError FORBIDDEN */
export async function searchClients(
  deps: { database: Database },
  actor: Actor,
  { search, kind, state, page = 1 }: ClientSearch,
): Promise<{ clients: FoundClient[]; hasMore: boolean }> {
  requirePermission(actor, "clients.read");
  if (search !== undefined && !isStorableText(search)) return { clients: [], hasMore: false };
  const offset = (page - 1) * PAGE_SIZE;
  const rows = await selectClients(deps.database, { search, kind, state, limit: PAGE_SIZE + 1, offset });
  const clients = rows.slice(0, PAGE_SIZE).map((row) => ({
    client_id: row.id,
    name: row.name,
    kind: kindOf(row),
    pkce_exempt: row.pkceExempt,
    revoked_at: row.revokedAt?.toISOString() ?? null,
    sign_ins: row.signIns,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
  }));
  return { clients, hasMore: rows.length > PAGE_SIZE };
}

/** What a client is, in one word. */
export function kindOf(client: { firstParty: boolean; machine: boolean }): ClientKind {
  if (client.firstParty) return "portal";
  return client.machine ? "machine" : "web";
}
