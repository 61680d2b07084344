import type { Actor } from "@mgs/core/actor";
import type { CachedAuthentication } from "@mgs/core/cached-authentication";
import { AppError } from "@mgs/core/errors";
import { readCookies } from "@mgs/http/cookies";
import type { Authenticate } from "@mgs/http/router";
import { type SessionSource, sessionActor } from "@mgs/identity/portal-session";

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
