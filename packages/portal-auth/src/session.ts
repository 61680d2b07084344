import type { Portal } from "@mgs/core/portals";
import { mayOpen } from "@mgs/core/roles";
import { isSecureOrigin } from "@mgs/http/set-cookie";
import type { User } from "@mgs/identity/users.repository";
import { sessionCookieName } from "./cookies";
import type { PortalAuthDeps } from "./deps";
import { findLivePortalSession } from "./portal-sessions.repository";

/** A signed-in visitor of a portal. */
export type Session = {
  user: User;
  /** The device: row of `user_sessions`. */
  userSessionId: string;
  /** Row that holds this browser's tokens; null in administration, which needs none. */
  portalSessionId: string | null;
  /** When this portal's session runs out by itself; null in administration, where the sign-in alone counts. */
  expiresAt: Date | null;
  /** Whether the person's role opens this portal. */
  mayOpen: boolean;
};

/** Where a portal's sessions come from: `portal_sessions`, or in administration the provider's own session. */
export type SessionSource = {
  portal: Portal;
  cookieName: string;
  find(cookie: string | undefined): Promise<Session | null>;
};

/** The sessions of a portal that is a client of the provider. */
export function createPortalSessions(deps: Pick<PortalAuthDeps, "portal" | "env" | "database">): SessionSource {
  const { portal, env, database } = deps;
  return {
    portal,
    cookieName: sessionCookieName(portal, isSecureOrigin(env.NEXTAUTH_URL)),
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
}
