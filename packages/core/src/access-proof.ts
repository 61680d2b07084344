import { sha256 } from "./crypto";

/** Session or grant, besides the user session, that has to be live for a call to be allowed. */
export type AccessProof = {
  /** Names by which the realtime server learns of its end. */
  holders: readonly string[];
  /** When it expires; null when it does not. */
  expiresAt: Date | null;
};

/**
 * Names of the holders that a socket is bound to at the realtime server. A user session's name is its own id, as in
 * `pusher:signin`. Ids of any length or alphabet are hashed, which also keeps a grant's id secret.
 */
export const holderOf = {
  client: (clientId: string): string => `client-${sha256(clientId)}`,
  /** Sockets that were let in as the person whom an administrator impersonates. */
  impersonation: (id: string): string => `impersonation-${id}`,
  /** Every socket of a person, on all devices and in all portals. */
  person: (userId: number): string => `person-${userId}`,
  grant: (grantId: string): string => `grant-${sha256(grantId)}`,
  portalSession: (id: string): string => `portal-session-${id}`,
};
