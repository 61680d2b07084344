import { createHash } from "node:crypto";
import { randomToken } from "@mgs/core/ids";
import { mayOpen } from "@mgs/core/roles";
import { createAccessTokens } from "./access-token";
import { attemptPrefix, newAttempt, splitState, staleCookies, stateWith } from "./attempts";
import { authOptions, csrfCookieName, type PortalAuthDeps, sessionCookieName } from "./auth-options";
import { createBackchannelLogout } from "./backchannel-logout";
import { readCookies } from "./cookies";
import { CALLBACK_PATH } from "./env";
import { callNextAuth } from "./next-auth-call";
import { deletePortalSession, findLivePortalSession } from "./portal-sessions.repository";
import { createRefresh } from "./refresh";
import { safeReturnTo, signInPath } from "./return-to";
import type { SessionSource } from "./session";

/** Sign-in of one portal at the provider, by NextAuth, with sessions in the database. */
export function createPortalAuth(deps: PortalAuthDeps) {
  const { portal, env, database } = deps;
  const origin = env.NEXTAUTH_URL;
  const sessionCookie = sessionCookieName(portal);
  const accessTokenOf = createAccessTokens({ ...deps, refresh: createRefresh(env, deps.clock) });

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
          mayOpen: mayOpen(session.user.role, portal),
        }
      );
    },
  };

  /** `GET /login/oauth`: sends the visitor to the provider, and afterwards to `returnTo`. */
  async function startSignIn(request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    // A second try after lost cookies is marked in the attempt itself, so that it cannot go round for ever.
    const attempt = newAttempt();
    const csrf = randomToken();
    const hash = createHash("sha256").update(`${csrf}${env.NEXTAUTH_SECRET}`).digest("hex");
    const answer = await callNextAuth(authOptions(deps, attempt), {
      method: "POST",
      action: "signin",
      query: {},
      cookies: { [csrfCookieName(portal)]: `${csrf}|${hash}` },
      body: { csrfToken: csrf, callbackUrl: `${origin}${safeReturnTo(query.get("returnTo"))}` },
    });
    if (!answer.location?.startsWith(`${env.OAUTH_SERVER_URL}/`))
      return redirect(`${origin}/login/erreur?error=OAuthSignin`);
    const target = new URL(answer.location);
    target.searchParams.set("state", stateWith(target.searchParams.get("state") ?? "", attempt));
    const own = answer.cookies.filter((cookie) => cookie.startsWith(attemptPrefix(portal)));
    const retry = query.has("essai")
      ? [`${RETRY_COOKIE}=1; Path=${CALLBACK_PATH}; Max-Age=60; HttpOnly; SameSite=Lax`]
      : [];
    return redirect(target.href, [...own, ...retry]);
  }

  /** `GET /api/auth/callback/mgs`: makes a new session and removes the browser's old one. */
  async function finishSignIn(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const cookies = readCookies(request.headers);
    const split = splitState(url.searchParams.get("state"));
    const names = Object.keys(cookies);
    const known = split && names.some((name) => name.startsWith(`${attemptPrefix(portal)}${split.attempt}.`));
    if (!split || !known) {
      // The attempt's cookies are gone: back button, an old link, or a sign-in left open too long.
      const again = RETRY_COOKIE in cookies ? "/login/erreur?error=OAuthCallback" : `${signInPath("/")}&essai=1`;
      const session = await sessions.find(cookies[sessionCookie]);
      return redirect(session ? `${origin}/dashboard` : `${origin}${again}`);
    }
    const { [sessionCookie]: previous, ...others } = cookies;
    const answer = await callNextAuth(authOptions(deps, split.attempt), {
      method: "GET",
      action: "callback",
      query: { ...Object.fromEntries(url.searchParams), state: split.state },
      cookies: others,
    });
    const signedIn = answer.cookies.some((cookie) => cookie.startsWith(`${sessionCookie}=`));
    if (signedIn && previous) await deletePortalSession(database, { token: previous });
    const drop = [...staleCookies(portal, split.attempt, names), RETRY_COOKIE].map(
      (name) => `${name}=; Path=${CALLBACK_PATH}; Max-Age=0; HttpOnly; SameSite=Lax`,
    );
    const kept = answer.cookies.filter((cookie) => cookie.startsWith(`${sessionCookie}=`));
    return redirect(new URL(answer.location ?? "/login/erreur", origin).href, [...kept, ...drop]);
  }

  return {
    sessions,
    startSignIn,
    finishSignIn,
    accessTokenOf,
    backchannelLogout: createBackchannelLogout(deps),
    /** `Set-Cookie` that removes the portal's session from the browser. */
    clearCookie: `${sessionCookie}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`,
  };
}

const RETRY_COOKIE = "mgs.retry";

function redirect(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}
