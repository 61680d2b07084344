import { holderOf } from "@mgs/core/access-proof";
import type { Actor } from "@mgs/core/actor";
import type { CachedAuthentication } from "@mgs/core/cached-authentication";
import { AppError } from "@mgs/core/errors";
import { PORTAL_SCOPES } from "@mgs/core/scopes";
import { readCookies } from "@mgs/http/cookies";
import type { Authenticate } from "@mgs/http/router";
import type { Session, SessionSource } from "@mgs/identity/portal-session";

/** The actor of a cookie session; it has the scopes of the portals' own tokens. */
export function sessionActor(session: Session, portal: string): Actor {
  return {
    kind: "user",
    userId: session.user.id,
    role: session.user.role,
    locale: session.user.locale,
    userSessionId: session.userSessionId,
    clientId: portal,
    scopes: PORTAL_SCOPES,
    proof: {
      holders: session.portalSessionId === null ? [] : [holderOf.portalSession(session.portalSessionId)],
      expiresAt: session.expiresAt,
    },
  };
}

/**
 * Authenticates the caller of an API route: by the token of an `Authorization` header (RFC 6750 section 2.1) when there is
 * one, else by the cookie's session. An invalid token is refused even beside a valid cookie.
 */
export function createAuthenticate(deps: {
  sessions: SessionSource;
  authenticateToken: (token: string) => Promise<Actor>;
  /** Authenticates from the token cache, for routes that allow it. */
  authenticateCached: (token: string) => Promise<{ actor: Actor; cachedAuthentication?: CachedAuthentication }>;
}): Authenticate {
  return async (request, allowCachedToken) => {
    const header = request.headers.get("authorization");
    if (header !== null) {
      const token = /^Bearer +([\w-]+)$/i.exec(header)?.[1];
      if (!token) throw new AppError("UNAUTHENTICATED");
      if (allowCachedToken) return { ...(await deps.authenticateCached(token)), via: "bearer" };
      return { actor: await deps.authenticateToken(token), via: "bearer" };
    }
    const cookie = readCookies(request.headers)[deps.sessions.cookieName];
    const session = await deps.sessions.find(cookie);
    if (!session) throw new AppError(cookie ? "SESSION_ENDED" : "UNAUTHENTICATED");
    if (!session.mayOpen) throw new AppError("PORTAL_REFUSED");
    return { actor: sessionActor(session, deps.sessions.portal), via: "cookie" };
  };
}
