import { formRoute } from "@mgs/http/form-route";
import { checkOrigin } from "@mgs/http/origin";
import type { RouteHandlers, RouteTools } from "@mgs/http/route";
import { endSession } from "@mgs/identity/sessions/end-session";
import { sessionActor } from "@mgs/portal-auth/authenticate";
import { readCookies } from "@mgs/portal-auth/cookies";
import type { SessionSource } from "@mgs/portal-auth/session";
import type { Runtime } from "./runtime";

/**
 * `POST /logout`: ends the sign-in everywhere and goes to a page that says so. Without a session there is nothing to
 * end, and the answer is the same.
 */
export function createLogoutRoute(
  runtime: Runtime,
  { publicRoute }: RouteTools,
  sessions: SessionSource,
  clearCookies: readonly string[],
): RouteHandlers {
  const handlers = publicRoute({
    POST: async ({ request }) => {
      checkOrigin(request.headers, runtime.ownOrigin);
      const session = await sessions.find(readCookies(request.headers)[sessions.cookieName]);
      if (session) {
        const actor = sessionActor(session, runtime.portal);
        await endSession(runtime, actor, { userSessionId: session.userSessionId, reason: "logout" });
      }
      const location = `${runtime.portalUrls.administration}/logout/termine`;
      const headers = new Headers({ location, "cache-control": "no-store" });
      for (const cookie of clearCookies) headers.append("set-cookie", cookie);
      return new Response(null, { status: 303, headers });
    },
  });
  return formRoute(handlers, () => "/logout");
}
