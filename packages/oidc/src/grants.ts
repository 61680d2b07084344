import type { Database } from "@mgs/db/client";
import { findConsent } from "@mgs/identity/consents/consents.repository";
import { sidOf } from "@mgs/identity/sessions/sid";
import { adoptOidcUid } from "@mgs/identity/sessions/user-sessions.repository";
import { errors, type Grant, type KoaContextWithOIDC } from "oidc-provider";
import { sessionGrantId } from "./session-grant-id";
import { currentUnitOfWork } from "./unit-of-work";

/** Result of the sign-in form, carried by the interaction: the person, and the `user_sessions` row that the form made. */
export type LoginResult = {
  accountId: string;
  userSessionId?: string;
  amr?: string[] | undefined;
  remember?: boolean | undefined;
};

/**
 * `loadExistingGrant` of the provider: runs for each authorization of a signed-in person, before anything is issued.
 * It ties a fresh sign-in to its row, and gives their grant without asking to first-party clients, and to others what the person has
 * consented to, in whichever sign-in that was.
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
    const known = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
    const existing = known ? await provider.Grant.find(known) : undefined;
    if (client.first_party) {
      const scope = client.scope ?? "openid";
      return existing?.getOIDCScope() === scope ? existing : saveGrant(scope);
    }
    const consent = await findConsent(database, Number(session.accountId), client.clientId);
    // Sign-ins that are older than remembered consents have their grant, and nothing else.
    if (!consent) return existing;
    if (consent.withdrawnAt) return undefined;
    const granted = existing?.getOIDCScope().split(" ") ?? [];
    return consent.scopes.every((scope) => granted.includes(scope)) ? existing : saveGrant(consent.scopes.join(" "));

    async function saveGrant(scope: string): Promise<Grant> {
      const grant = new provider.Grant({ accountId: session?.accountId, clientId: client?.clientId });
      grant.jti = sessionGrantId(session?.uid ?? "", client?.clientId ?? "");
      grant.addOIDCScope(scope);
      await grant.save();
      return grant;
    }
  };
}
