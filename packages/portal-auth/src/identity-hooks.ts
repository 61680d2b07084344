import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { deletePortalSessions, LIVE_PORTAL_SESSION } from "./portal-sessions.repository";

/** Portal sessions end with the sign-in that they belong to. */
export const portalAuthHooks: IdentityHooks = {
  keepsSessionAlive: LIVE_PORTAL_SESSION,
  onSessionEnd: deletePortalSessions,
};
