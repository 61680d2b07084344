import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { findAnyClient } from "./client-admin.repository";
import { type ClientSummary, toClientSummary } from "./list-clients";

export type ClientDetail = ClientSummary & {
  post_logout_redirect_uris: string[];
  backchannel_logout_uri: string | null;
  revoked_at: string | null;
  /** Access tokens that hold now. */
  live_tokens: number;
};

type ShowClientDeps = {
  database: Database;
  /** Counts the access tokens that a client holds, those of its people and its own. */
  countLiveAccessTokens(database: Database, clientId: string): Promise<number>;
};

/** One client, revoked or not, without its secret. @throws AppError FORBIDDEN, CLIENT_NOT_FOUND */
export async function showClient(deps: ShowClientDeps, actor: Actor, clientId: string): Promise<ClientDetail> {
  requirePermission(actor, "clients.read");
  const row = isStorableText(clientId) ? await findAnyClient(deps.database, clientId) : null;
  if (!row) throw new AppError("CLIENT_NOT_FOUND");
  return {
    ...toClientSummary(row),
    post_logout_redirect_uris: row.postLogoutRedirectUris,
    backchannel_logout_uri: row.backchannelLogoutUri,
    revoked_at: row.revokedAt?.toISOString() ?? null,
    live_tokens: await deps.countLiveAccessTokens(deps.database, clientId),
  };
}
