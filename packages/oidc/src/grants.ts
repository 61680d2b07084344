import { sha256 } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { sidOf } from "@mgs/identity/sessions/sid";
import { adoptOidcUid } from "@mgs/identity/sessions/user-sessions.repository";
import { errors, type Grant, type KoaContextWithOIDC } from "oidc-provider";
import { currentUnitOfWork } from "./unit-of-work";

/** Result of the sign-in form, carried by the interaction: the person, and the `user_sessions` row that the form made. */
export type LoginResult = { accountId: string; userSessionId?: string };

/**
 * `loadExistingGrant` of the provider: runs for each authorization of a signed-in person, before anything is issued.
 * It ties a fresh sign-in to its row, and gives first-party clients their grant without asking.
 */
export function createGrantLoader(database: Database) {
  return async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { session, client, provider, result } = ctx.oidc;
    if (!session || !client) return undefined;
    const login: LoginResult | undefined = result?.login;
    if (login?.userSessionId && !(await adoptOidcUid(database, login.userSessionId, session.uid))) {
      currentUnitOfWork()?.rollBack();
      // The client hears nothing of it: `renderError` sends this browser to a form that works.
      throw Object.assign(new errors.SessionNotFound("the sign-in has ended"), { allow_redirect: false });
    }
    // Restored tabs authorize in parallel: drawing a `sid` or a grant each would leave all but one with dead tokens.
    session.ensureClientContainer(client.clientId);
    session.sidFor(client.clientId, sidOf(session.uid, client.clientId));
    const consented = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
    const existing = consented ? await provider.Grant.find(consented) : undefined;
    if (!client.first_party) return existing;
    if (existing?.getOIDCScope() === client.scope) return existing;
    const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
    grant.jti = sha256(`grant\n${session.uid}\n${client.clientId}`);
    grant.addOIDCScope(client.scope ?? "openid");
    await grant.save();
    return grant;
  };
}
