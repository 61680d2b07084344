import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { findAnyClient } from "./client-admin.repository";
import { findClientUse, MAX_COUNTED_USES } from "./client-uses.repository";
import { type ClientSummary, toClientSummary } from "./list-clients";

export type ClientDetail = ClientSummary & {
  post_logout_redirect_uris: string[];
  backchannel_logout_uri: string | null;
  revoked_at: string | null;
  /** Counts edits: `updateClient` takes the one that it began with. */
  version: number;
  /** Until when the secret before the last rotation opens as well. */
  previous_secret_until: string | null;
  /** Access tokens that hold now; at most `MAX_COUNTED_USES` and one more are counted, here and of consents. */
  live_tokens: number;
  /** People whose consent it has. */
  consents: number;
  /** Sign-ins through it in the last 30 days. */
  sign_ins: number;
  last_used_at: string | null;
};

type ShowClientDeps = {
  database: Database;
  clock: Clock;
  /** Counts the access tokens that a client holds, those of its people and its own, up to `limit`. */
  countLiveAccessTokens(database: Database, clientId: string, limit: number): Promise<number>;
};

/** One client, revoked or not, without its secret. @throws AppError FORBIDDEN, CLIENT_NOT_FOUND */
export async function showClient(deps: ShowClientDeps, actor: Actor, clientId: string): Promise<ClientDetail> {
  requirePermission(actor, "clients.read");
  const row = isStorableText(clientId) ? await findAnyClient(deps.database, clientId) : null;
  if (!row) throw new AppError("CLIENT_NOT_FOUND");
  const [live, use] = await Promise.all([
    deps.countLiveAccessTokens(deps.database, clientId, MAX_COUNTED_USES + 1),
    findClientUse(deps.database, clientId),
  ]);
  const { previousSecretUntil: until } = row;
  return {
    ...toClientSummary(row),
    post_logout_redirect_uris: row.postLogoutRedirectUris,
    backchannel_logout_uri: row.backchannelLogoutUri,
    revoked_at: row.revokedAt?.toISOString() ?? null,
    version: row.version,
    previous_secret_until: until !== null && until > deps.clock.now() ? until.toISOString() : null,
    live_tokens: live,
    consents: use.consents,
    sign_ins: use.signIns,
    last_used_at: use.lastUsedAt?.toISOString() ?? null,
  };
}
