import { type AccessProof, holderOf } from "@mgs/core/access-proof";
import type { Impersonation, UserActor } from "@mgs/core/actor";
import type { Portal } from "@mgs/core/portals";
import { PORTAL_SCOPES } from "@mgs/core/scopes";
import { can } from "./permissions";
import type { User } from "./users.repository";

/** A signed-in visitor of a portal. */
export type Session = {
  user: User;
  /** The device: row of `user_sessions`. */
  userSessionId: string;
  /** Row that holds this browser's tokens; null in administration, which needs none. */
  portalSessionId: string | null;
  /** When this portal's session runs out by itself; null in administration, where the sign-in alone counts. */
  expiresAt: Date | null;
  /** Set while `user` is not the person who has signed in, but the one in whose name that administrator acts. */
  impersonation?: Impersonation | null;
  /** Whether the person may open this portal. */
  mayOpen: boolean;
};

/** Where a portal's sessions come from: `portal_sessions`, or in administration the provider's own session. */
export type SessionSource = {
  portal: Portal;
  cookieName: string;
  find(cookie: string | undefined): Promise<Session | null>;
};

/** A visitor's session in a portal, with the answer whether that portal is open to them. */
export function createSession(portal: Portal, session: Omit<Session, "mayOpen">): Session {
  return { ...session, mayOpen: can(sessionActor(session, portal), "portal.open", portal) };
}

/** The actor of a cookie session; it has the scopes of the portals' own tokens. */
export function sessionActor(session: Omit<Session, "mayOpen">, portal: Portal): UserActor {
  return {
    kind: "user",
    userId: session.user.id,
    role: session.user.role,
    portals: session.user.portals,
    permissions: session.user.permissions,
    locale: session.user.locale,
    userSessionId: session.userSessionId,
    clientId: portal,
    scopes: PORTAL_SCOPES,
    proof: proofOf(session),
    ...(session.impersonation ? { impersonation: session.impersonation } : {}),
  };
}

/** What a socket of the session depends on: in a person's name it is closed when the impersonation ends. */
function proofOf({ portalSessionId, expiresAt, impersonation }: Omit<Session, "mayOpen">): AccessProof {
  const own = portalSessionId === null ? [] : [holderOf.portalSession(portalSessionId)];
  if (!impersonation) return { holders: own, expiresAt };
  const ends = [impersonation.expiresAt.getTime(), expiresAt?.getTime() ?? Number.POSITIVE_INFINITY];
  return { holders: [...own, holderOf.impersonation(impersonation.id)], expiresAt: new Date(Math.min(...ends)) };
}
