import { isSecureOrigin } from "@mgs/http/set-cookie";
import { resolveActingPerson } from "@mgs/identity/impersonation/resolve-acting-person";
import { createSession, type SessionSource } from "@mgs/identity/portal-session";
import { sessionCookieName } from "./cookies";
import type { PortalAuthDeps } from "./deps";
import { findLivePortalSession } from "./portal-sessions.repository";

/** The sessions of a portal that is a client of the provider. */
export function createPortalSessions(deps: Pick<PortalAuthDeps, "portal" | "env" | "database">): SessionSource {
  const { portal, env, database } = deps;
  return {
    portal,
    cookieName: sessionCookieName(portal, isSecureOrigin(env.NEXTAUTH_URL)),
    async find(cookie) {
      const session = cookie ? await findLivePortalSession(database, portal, cookie) : null;
      if (!session) return null;
      const { id: portalSessionId, userSessionId, expiresAt } = session;
      const acting = await resolveActingPerson(database, session.user, session.impersonationId);
      return createSession(portal, { ...acting, userSessionId, portalSessionId, expiresAt });
    },
  };
}
