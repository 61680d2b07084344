import { mayOpen } from "@mgs/core/roles";
import { clearCookie, isSecureOrigin, setCookie } from "@mgs/http/set-cookie";
import { createAccessTokens } from "./access-token";
import { type Attempt, browserCookieName, isBegunBy, isExpired, openAttempt } from "./attempts";
import { sessionCookieName } from "./auth-options";
import { createBackchannelLogout } from "./backchannel-logout";
import { createBeginSignIn } from "./begin-sign-in";
import { readCookies } from "./cookies";
import { createExchangeCode, type ExchangeDeps } from "./exchange-code";
import { deletePortalSession, findLivePortalSession } from "./portal-sessions.repository";
import { createRefresh } from "./refresh";
import { HOME, safeReturnTo, signInErrorPath } from "./return-to";
import type { SessionSource } from "./session";

/**
 * Attempts of one tab that may be lost with their cookie before its visitor is told. Tabs that begin at once overwrite
 * each other's cookie, and each begins again by itself; browsers give up after 20 redirects.
 */
const MAX_RESTARTS = 3;

/** Sign-in of one portal at the provider, by NextAuth, with sessions in the database. */
export function createPortalAuth(deps: ExchangeDeps) {
  const { portal, env, database, logger, clock } = deps;
  const origin = env.NEXTAUTH_URL;
  const secure = isSecureOrigin(origin);
  const sessionCookie = sessionCookieName(portal, secure);
  const browserCookie = browserCookieName(portal, secure);
  const accessTokenOf = createAccessTokens({ ...deps, refresh: createRefresh(env, deps.clock) });
  const beginSignIn = createBeginSignIn(deps);
  const exchangeCode = createExchangeCode(deps);

  const sessions: SessionSource = {
    portal,
    cookieName: sessionCookie,
    async find(cookie) {
      const session = cookie ? await findLivePortalSession(database, portal, cookie) : null;
      return (
        session && {
          user: session.user,
          userSessionId: session.userSessionId,
          portalSessionId: session.id,
          expiresAt: session.expiresAt,
          mayOpen: mayOpen(session.user.role, portal),
        }
      );
    },
  };

  type Visit = { cookies: Record<string, string>; returnTo: string };

  async function begin({ cookies, returnTo }: Visit, restarts: number): Promise<Response> {
    const begun = await beginSignIn(cookies, { returnTo, restarts });
    return begun ? redirect(begun.location, begun.cookies) : fail({ cookies, returnTo }, "OAuthSignin");
  }

  /** A failed sign-in ends in words, or where it was to lead when the visitor is signed in all the same. */
  async function fail({ cookies, returnTo }: Visit, code: string): Promise<Response> {
    const session = await sessions.find(cookies[sessionCookie]).catch(() => null);
    return redirect(`${origin}${session ? returnTo : signInErrorPath(code, returnTo)}`);
  }

  /** Whatever breaks on the way, the visitor gets a page: these addresses are a browser's. */
  async function orFail(visit: Visit, answer: () => Promise<Response>): Promise<Response> {
    try {
      return await answer();
    } catch (error) {
      logger.error({ err: error }, "sign-in failed");
      return fail(visit, "UNAVAILABLE");
    }
  }

  /** `GET /login/oauth`: sends the visitor to the provider, and afterwards to `returnTo`. */
  async function startSignIn(request: Request): Promise<Response> {
    const returnTo = safeReturnTo(new URL(request.url).searchParams.get("returnTo"));
    const visit = { cookies: readCookies(request.headers), returnTo };
    return orFail(visit, () => begin(visit, 0));
  }

  /** `GET /api/auth/callback/mgs`: makes a new session and removes the browser's old one. */
  async function finishSignIn(request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    const attempt = openAttempt(deps.sealer, portal, query.get("state"));
    const visit = { cookies: readCookies(request.headers), returnTo: attempt?.returnTo ?? HOME };
    return orFail(visit, () => finish(visit, attempt, query));
  }

  async function finish(visit: Visit, attempt: Attempt | null, query: URLSearchParams): Promise<Response> {
    const refusal = query.get("error");
    if (refusal) return fail(visit, refusal);
    if (!attempt) return fail(visit, "OAuthCallback");
    const { cookies, returnTo } = visit;
    const browser = cookies[browserCookie];
    if (isExpired(attempt, clock.now())) return begin(visit, 0);
    if (!isBegunBy(attempt, browser)) {
      // A browser that has just been given the cookie and does not send it keeps none.
      const isRefusing = attempt.restarts > 0 && browser === undefined;
      if (isRefusing || attempt.restarts >= MAX_RESTARTS) return fail(visit, "COOKIES_REFUSED");
      return begin(visit, attempt.restarts + 1);
    }
    const made = await exchangeCode(attempt, query);
    if ("problem" in made) return fail(visit, made.problem);
    const previous = cookies[sessionCookie];
    if (previous && previous !== made.token) await deletePortalSession(database, { token: previous });
    const maxAgeSeconds = Math.floor((made.expiresAt.getTime() - clock.now().getTime()) / 1_000);
    return redirect(`${origin}${returnTo}`, [setCookie(sessionCookie, made.token, { maxAgeSeconds, secure })]);
  }

  return {
    sessions,
    startSignIn,
    finishSignIn,
    accessTokenOf,
    backchannelLogout: createBackchannelLogout(deps),
    /** `Set-Cookie` that removes the portal's session from the browser. */
    clearCookie: clearCookie(sessionCookie, { secure }),
  };
}

function redirect(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}
