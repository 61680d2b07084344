import { type Actor, requireAdministrator } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";
import type { Database } from "@mgs/db/client";
import { countLiveTokens, findAnyClient } from "./client-admin.repository";
import { type ClientSummary, toClientSummary } from "./list-clients";

export type ClientDetail = ClientSummary & {
  post_logout_redirect_uris: string[];
  backchannel_logout_uri: string | null;
  revoked_at: string | null;
  /** Access tokens that hold now. */
  live_tokens: number;
};

/** One client, revoked or not, without its secret. @throws AppError FORBIDDEN, CLIENT_NOT_FOUND */
export async function showClient(deps: { database: Database }, actor: Actor, clientId: string): Promise<ClientDetail> {
  requireAdministrator(actor);
  const row = isStorableText(clientId) ? await findAnyClient(deps.database, clientId) : null;
  if (!row) throw new AppError("CLIENT_NOT_FOUND");
  return {
    ...toClientSummary(row),
    post_logout_redirect_uris: row.postLogoutRedirectUris,
    backchannel_logout_uri: row.backchannelLogoutUri,
    revoked_at: row.revokedAt?.toISOString() ?? null,
    live_tokens: await countLiveTokens(deps.database, clientId),
  };
}
