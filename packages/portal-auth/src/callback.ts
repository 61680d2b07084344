import { dashboardPath } from "@mgs/core/portal-links";
import { readCookies } from "@mgs/http/cookies";
import { isSecureOrigin, setCookie } from "@mgs/http/set-cookie";
import type { Authorize } from "./authorize";
import { createCodeExchange } from "./code-exchange";
import { browserCookieName, sessionCookieName } from "./cookies";
import type { PortalAuthDeps } from "./deps";
import { deletePortalSession } from "./portal-sessions.repository";
import { redirect, type SignInFailure, type SignInVisit } from "./sign-in-answer";
import { type Attempt, isBegunBy, isExpired, openAttempt } from "./sign-in-attempt";

/**
 * Attempts of one tab that may be lost with their cookie before its visitor is told. Tabs that begin at once overwrite
 * each other's cookie, and each begins again by itself; browsers give up after 20 redirects.
 */
const MAX_RESTARTS = 3;

/**
 * `GET /api/auth/callback/mgs`, the authentication response (OpenID Connect Core section 3.1.2.5): makes a new session and
 * removes the browser's old one.
 */
export function createCallback(deps: PortalAuthDeps, authorize: Authorize, { fail, orFail }: SignInFailure) {
  const { portal, env, database, sealer, clock } = deps;
  const secure = isSecureOrigin(env.NEXTAUTH_URL);
  const sessionCookie = sessionCookieName(portal, secure);
  const browserCookie = browserCookieName(portal, secure);
  const exchangeCode = createCodeExchange(deps);

  return async function finishSignIn(request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    const attempt = openAttempt(sealer, portal, query.get("state"));
    const visit = { cookies: readCookies(request.headers), returnTo: attempt?.returnTo ?? dashboardPath() };
    return orFail(visit, () => answer(visit, attempt, query));
  };

  async function answer(visit: SignInVisit, attempt: Attempt | null, query: URLSearchParams): Promise<Response> {
    const refusal = query.get("error");
    if (refusal) return fail(visit, refusal);
    if (!attempt) return fail(visit, "OAuthCallback");
    if (isExpired(attempt, clock.now())) return authorize(visit, 0);
    if (!isBegunBy(attempt, visit.cookies[browserCookie])) return restart(visit, attempt);
    // The provider says that its answers name it; one that does not is another's (RFC 9207 section 2.4).
    if (query.get("iss") !== env.OAUTH_SERVER_URL) return fail(visit, "OAuthCallback");
    const made = await exchangeCode(attempt, query);
    if ("problem" in made) return fail(visit, made.problem);
    const previous = visit.cookies[sessionCookie];
    if (previous && previous !== made.token) await deletePortalSession(database, { token: previous });
    // Without "stay signed in" the cookie ends with the browser, as the provider's does.
    const maxAgeSeconds = made.remembered
      ? Math.floor((made.expiresAt.getTime() - clock.now().getTime()) / 1_000)
      : undefined;
    return redirect(`${env.NEXTAUTH_URL}${visit.returnTo}`, [
      setCookie(sessionCookie, made.token, { maxAgeSeconds, secure }),
    ]);
  }

  /** Another browser's attempt, or one whose cookie is lost: this browser begins one of its own. */
  async function restart(visit: SignInVisit, { restarts }: Attempt): Promise<Response> {
    // A browser that has just been given the cookie and does not send it keeps none.
    const isRefusing = restarts > 0 && visit.cookies[browserCookie] === undefined;
    if (isRefusing || restarts >= MAX_RESTARTS) return fail(visit, "COOKIES_REFUSED");
    return authorize(visit, restarts + 1);
  }
}
