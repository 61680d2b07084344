import { signedOutPath, signOutPath } from "@mgs/core/portal-links";
import { readCookies } from "@mgs/http/cookies";
import { checkOrigin } from "@mgs/http/origin";
import type { Route } from "@mgs/http/route";
import { sessionActor } from "@mgs/identity/portal-session";
import { endSession } from "@mgs/identity/sessions/end-session";
import type { BaseDeps } from "./base-deps";

/**
 * `POST /logout` ends the user session everywhere and redirects to the page after a sign-out. It answers the same without a
 * session. It shares its address with a page, so the proxy rewrites the request to this route.
 */
export const logoutRoute = {
  method: "POST",
  path: "/api/logout",
  access: "public",
  formPage: () => signOutPath(),
  handler: async ({ request }, deps) => {
    const { sessions, clearCookies, portal, portalUrls, ownOrigin } = deps;
    checkOrigin(request.headers, ownOrigin);
    const session = await sessions.find(readCookies(request.headers)[sessions.cookieName]);
    if (session) {
      const actor = sessionActor(session, portal);
      await endSession(deps, actor, { userSessionId: session.userSessionId, reason: "logout" });
    }
    const location = portalUrls.administration + signedOutPath();
    const headers = new Headers({ location, "cache-control": "no-store" });
    for (const cookie of clearCookies) headers.append("set-cookie", cookie);
    return new Response(null, { status: 303, headers });
  },
} as const satisfies Route<BaseDeps>;
