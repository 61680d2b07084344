import { holderOf } from "@mgs/core/access-proof";
import type { Actor } from "@mgs/core/actor";
import type { Sealer } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { isLocale } from "@mgs/core/locale";
import { isPortal } from "@mgs/core/portals";
import type { Database } from "@mgs/db/client";
import { findBearer } from "./bearers.repository";

/**
 * Looks up the actor of an opaque access token, on each call (RFC 6750): revocation and logout hold at once.
 * @throws AppError UNAUTHENTICATED when the token is unknown, expired or revoked, or its sign-in or client has ended
 */
export async function authenticateToken(deps: { database: Database; sealer: Sealer }, token: string): Promise<Actor> {
  if (!/^[\w-]{20,200}$/.test(token)) throw new AppError("UNAUTHENTICATED");
  const bearer = await findBearer(deps.database, deps.sealer, token);
  if (!bearer?.client) throw new AppError("UNAUTHENTICATED");
  const { accountId, scope, kind, grantId, exp } = bearer.token;
  const scopes = scope ? scope.split(" ") : [];
  if (kind === "ClientCredentials") return { kind: "client", clientId: bearer.client, scopes };
  const { session, user_id: userId, role, locale } = bearer;
  const rights = { portals: bearer.portals?.filter(isPortal) ?? [], permissions: bearer.permissions ?? [] };
  if (session === null || userId === null || String(userId) !== accountId) throw new AppError("UNAUTHENTICATED");
  if (role === null || !isLocale(locale)) throw new Error(`user ${userId} has no role or an unknown language`);
  const proof = {
    holders: [holderOf.client(bearer.client), ...(grantId === undefined ? [] : [holderOf.grant(grantId)])],
    expiresAt: exp === undefined ? null : new Date(exp * 1_000),
  };
  const clientId = bearer.client;
  return { kind: "user", userId, role, ...rights, locale, userSessionId: session, clientId, scopes, proof };
}
