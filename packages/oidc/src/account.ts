import type { Database } from "@mgs/db/client";
import { findConsent } from "@mgs/identity/consents/consents.repository";
import { findLiveByOidcUid } from "@mgs/identity/sessions/user-sessions.repository";
import type { FindAccount } from "oidc-provider";
import { loadUser } from "./load-once";
import { currentUnitOfWork } from "./unit-of-work";

/** Claim that carries the id of the `user_sessions` row: one device, the same for every client (unlike `sid`). */
export const USER_SESSION_CLAIM = "user_session_id";

/** Claims by scope (OpenID Connect Core section 5.4), and `user_session_id`, which is none of the standard's. */
export const CLAIMS = {
  // `amr` (RFC 8176) and `auth_time` are in ID tokens alone: the provider's session has them.
  openid: ["sub", "amr", "auth_time", USER_SESSION_CLAIM],
  profile: ["name", "locale", "role"],
  email: ["email", "email_verified"],
};

/**
 * `findAccount` of the provider: a person's claims; undefined for a person who is disabled, or gone, and for tokens of a client whose
 * consent they have withdrawn: a code that was on its way at that moment brings nothing.
 */
export function createFindAccount(database: Database): FindAccount {
  return async (ctx, sub, token) => {
    const user = await loadUser({ database }, sub);
    if (!user || user.disabledAt) return undefined;
    const { client } = ctx.oidc;
    if (token && client && client.first_party !== true) {
      const consent = await findConsent(database, user.id, client.clientId);
      if (consent?.withdrawnAt) return undefined;
    }
    return {
      accountId: sub,
      async claims() {
        const source = token && "sessionUid" in token ? token.sessionUid : undefined;
        const uid = typeof source === "string" ? source : ctx.oidc.session?.uid;
        const session = uid
          ? (currentUnitOfWork()?.findUserSession(uid) ?? (await findLiveByOidcUid(database, uid)))
          : null;
        return {
          sub,
          name: user.name,
          locale: user.locale,
          role: user.role,
          email: user.email,
          email_verified: true,
          ...(session ? { [USER_SESSION_CLAIM]: session.id } : {}),
        };
      },
    };
  };
}
