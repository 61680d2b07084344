import { clearCookie, isSecureOrigin } from "@mgs/http/set-cookie";
import { createAuthorize, createStartSignIn } from "./authorize";
import { createCallback } from "./callback";
import type { PortalAuthDeps } from "./deps";
import { createBackchannelLogout } from "./logout";
import { createAccessTokens, createRefreshGrant } from "./refresh";
import { createPortalSessions } from "./session";
import { createSignInFailure } from "./sign-in-answer";

/** Sign-in of one portal at the provider, by NextAuth, with sessions in the database. */
export function createPortalAuth(deps: PortalAuthDeps) {
  const sessions = createPortalSessions(deps);
  const failure = createSignInFailure(deps, sessions);
  const authorize = createAuthorize(deps, failure);
  return {
    sessions,
    startSignIn: createStartSignIn(deps, authorize, failure),
    finishSignIn: createCallback(deps, authorize, failure),
    accessTokenOf: createAccessTokens({ ...deps, refresh: createRefreshGrant(deps.env, deps.clock) }),
    backchannelLogout: createBackchannelLogout(deps),
    /** `Set-Cookie` headers that remove the portal's session from the browser. */
    clearCookies: [clearCookie(sessions.cookieName, { secure: isSecureOrigin(deps.env.NEXTAUTH_URL) })],
  };
}
