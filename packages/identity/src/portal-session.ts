import type { Portal } from "@mgs/core/portals";
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
  /** Whether the person's role opens this portal. */
  mayOpen: boolean;
};

/** Where a portal's sessions come from: `portal_sessions`, or in administration the provider's own session. */
export type SessionSource = {
  portal: Portal;
  cookieName: string;
  find(cookie: string | undefined): Promise<Session | null>;
};
