import { ADMINISTRATION_RETURN_PATH } from "@mgs/identity/clients/ensure-first-party-clients";
import { safeReturnTo } from "@mgs/portal-auth/return-to";
import { readEnv } from "../../env";

/**
 * `GET /login/oauth`: asks the provider, which lives in this very app, for a sign-in and nothing else
 * (`response_type=none`, OAuth 2.0 Multiple Response Types section 4): administration needs no token of its own.
 */
export async function startSignIn(request: Request): Promise<Response> {
  const { OAUTH_SERVER_URL, ADMINISTRATION_URL } = readEnv();
  const query = new URLSearchParams({
    client_id: "administration",
    response_type: "none",
    scope: "openid",
    redirect_uri: `${ADMINISTRATION_URL}${ADMINISTRATION_RETURN_PATH}`,
    state: safeReturnTo(new URL(request.url).searchParams.get("returnTo")),
  });
  return redirect(`${OAUTH_SERVER_URL}/oauth/authorize?${query}`);
}

/**
 * `GET /login/retour`: on to the page that was asked for. `state` is a path of our own and nothing more, so it needs no
 * secret: the session was made by the provider, in this browser, whoever wrote this link.
 */
export async function finishSignIn(request: Request): Promise<Response> {
  const { ADMINISTRATION_URL } = readEnv();
  const query = new URL(request.url).searchParams;
  const error = query.get("error");
  if (error) return redirect(`${ADMINISTRATION_URL}/login/erreur?${new URLSearchParams({ error })}`);
  return redirect(`${ADMINISTRATION_URL}${safeReturnTo(query.get("state"))}`);
}

function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
