import type { SessionEndReason } from "@mgs/core/session-end-reasons";
import { readCookies } from "@mgs/http/cookies";
import { safeReturnTo } from "@mgs/http/return-to";
import { isSecureOrigin, setCookie } from "@mgs/http/set-cookie";
import { readSessionEnd } from "@mgs/identity/sessions/read-session-end";
import { browserCookieName } from "./cookies";
import type { PortalAuthDeps } from "./deps";
import { ATTEMPT_TTL_SECONDS } from "./lifetimes";
import { buildAuthorizationUrl } from "./next-auth";
import { redirect, type SignInFailure, type SignInVisit } from "./sign-in-answer";
import { browserValue, codeChallenge, createAttempt, nonceOf, sealAttempt } from "./sign-in-attempt";

/** Sends a visitor to the provider with a new attempt. @param restarts attempts of this tab that went before */
export type Authorize = (visit: SignInVisit, restarts: number, ended?: SessionEndReason | null) => Promise<Response>;

/** The authentication request (OpenID Connect Core section 3.1.2.1). */
export function createAuthorize(deps: PortalAuthDeps, { fail }: SignInFailure): Authorize {
  const { portal, env, sealer, clock } = deps;
  const secure = isSecureOrigin(env.NEXTAUTH_URL);
  const cookieName = browserCookieName(portal, secure);

  return async (visit, restarts, ended) => {
    // Tabs that begin at once are given a value each and settle on the one that came last.
    const browser = browserValue(visit.cookies[cookieName]);
    const attempt = createAttempt({ returnTo: visit.returnTo, restarts, browser, now: clock.now() });
    const location = await buildAuthorizationUrl(deps, {
      state: sealAttempt(sealer, portal, attempt),
      codeChallenge: codeChallenge(attempt),
      nonce: nonceOf(attempt),
      ...(ended ? { ended } : {}),
    });
    if (location === null) return fail(visit, "OAuthSignin");
    // Given again each time, so that the cookie outlives the youngest attempt.
    return redirect(location, [setCookie(cookieName, browser, { maxAgeSeconds: ATTEMPT_TTL_SECONDS, secure })]);
  };
}

/** `GET /login/oauth`: sends the visitor to the provider, and afterwards to `returnTo`. */
export function createStartSignIn(
  { database }: Pick<PortalAuthDeps, "database">,
  authorize: Authorize,
  { orFail }: SignInFailure,
) {
  return async function startSignIn(request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    const visit = { cookies: readCookies(request.headers), returnTo: safeReturnTo(query.get("returnTo")) };
    const ended = await readSessionEnd(database, query.get("ended"));
    return orFail(visit, () => authorize(visit, 0, ended));
  };
}
