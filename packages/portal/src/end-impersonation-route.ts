import { dashboardPath, personPagePath } from "@mgs/core/portal-links";
import { readCookies } from "@mgs/http/cookies";
import { checkOrigin } from "@mgs/http/origin";
import type { Route } from "@mgs/http/route";
import { endOwnImpersonation } from "@mgs/identity/impersonation/end-impersonation";
import { sessionActor } from "@mgs/identity/portal-session";
import type { BaseDeps } from "./base-deps";

/**
 * The button of the banner: the administrator is themself again, and comes back to the page of the person in whose name they acted. It
 * asks for no right to open the portal, since the person may have none here, and answers the same when nothing ran any more.
 */
export const endImpersonationRoute = {
  method: "POST",
  path: "/api/impersonation/end",
  access: "public",
  formPage: () => dashboardPath(),
  handler: async ({ request }, deps) => {
    const { sessions, portal, portalUrls, ownOrigin } = deps;
    checkOrigin(request.headers, ownOrigin);
    const session = await sessions.find(readCookies(request.headers)[sessions.cookieName]);
    const ended = session && (await endOwnImpersonation(deps, sessionActor(session, portal)));
    const location = ended ? portalUrls.administration + personPagePath(ended.userId) : ownOrigin + dashboardPath();
    return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
  },
} as const satisfies Route<BaseDeps>;
