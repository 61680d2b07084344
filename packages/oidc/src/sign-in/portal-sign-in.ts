import { SESSION_END_PARAMETER } from "@mgs/core/session-end-reasons";
import { readCookies } from "@mgs/http/cookies";
import { safeReturnTo, signInErrorPath } from "@mgs/http/return-to";
import { ADMINISTRATION_RETURN_PATH } from "@mgs/identity/clients/ensure-first-party-clients";
import { readSessionEnd } from "@mgs/identity/sessions/read-session-end";
import type { PortalDeps } from "@mgs/module/portal-deps";
import type { ProviderServices } from "../services";

type Deps = Pick<PortalDeps & ProviderServices, "database" | "issuer" | "ownOrigin" | "sessions">;

/**
 * `GET /login/oauth`: asks the provider, which lives in this very app, for a sign-in and nothing else
 * (`response_type=none`, OAuth 2.0 Multiple Response Types section 4): administration needs no token of its own.
 */
export async function startProviderSignIn({ database, issuer, ownOrigin }: Deps, request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams;
  const ended = await readSessionEnd(database, asked.get("ended"));
  const query = new URLSearchParams({
    client_id: "administration",
    response_type: "none",
    scope: "openid",
    redirect_uri: `${ownOrigin}${ADMINISTRATION_RETURN_PATH}`,
    state: safeReturnTo(asked.get("returnTo")),
    ...(ended ? { [SESSION_END_PARAMETER]: ended } : {}),
  });
  return redirect(`${issuer}/oauth/authorize?${query}`);
}

/**
 * `GET /login/retour`: on to the page that was asked for, or to words about what failed where nobody is signed in.
 * `state` is a path of our own and nothing more, so it needs no secret: the session was made by the provider, in this
 * browser, whoever wrote this link.
 */
export async function answerProviderReturn({ ownOrigin, sessions }: Deps, request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const [error, returnTo] = [query.get("error"), safeReturnTo(query.get("state"))];
  if (!error) return redirect(`${ownOrigin}${returnTo}`);
  const session = await sessions.find(readCookies(request.headers)[sessions.cookieName]).catch(() => null);
  return redirect(`${ownOrigin}${session ? returnTo : signInErrorPath(error, returnTo)}`);
}

function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
