import { sha256 } from "./crypto";

/** What has to hold, besides the sign-in, for a call to be let in. */
export type AccessProof = {
  /** Names under which its end is announced to the realtime server. */
  holders: readonly string[];
  /** When it runs out by itself; null where it does not. */
  expiresAt: Date | null;
};

/**
 * Names of what a socket may be bound to at the realtime server. A sign-in's is its own id, as in `pusher:signin`. What
 * may be of any length or alphabet is hashed, and what is secret never leaves the process.
 */
export const holderOf = {
  client: (clientId: string): string => `client-${sha256(clientId)}`,
  grant: (grantId: string): string => `grant-${sha256(grantId)}`,
  portalSession: (id: string): string => `portal-session-${id}`,
};
