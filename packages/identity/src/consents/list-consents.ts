import type { Actor } from "@mgs/core/actor";
import { isScope, type Scope } from "@mgs/core/scopes";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { selectConsents } from "./consents.repository";

export type ConsentDto = {
  client_id: string;
  client_name: string;
  scopes: Scope[];
  given_at: string;
  last_used_at: string | null;
};

/** The applications to which a person has given their consent, the newest first. @throws AppError FORBIDDEN */
export async function listConsents(
  deps: { database: Database },
  actor: Actor,
  { userId }: { userId: number },
): Promise<ConsentDto[]> {
  requirePermission(actor, "consents.manage", { userId });
  const rows = await selectConsents(deps.database, userId);
  return rows.map(({ clientId, name, scopes, givenAt, lastUsedAt }) => ({
    client_id: clientId,
    client_name: name,
    scopes: scopes.filter(isScope),
    given_at: givenAt.toISOString(),
    last_used_at: lastUsedAt?.toISOString() ?? null,
  }));
}
