import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { deletePortalSessions } from "./portal-sessions.repository";

/** Portal sessions end with the sign-in that they belong to. */
export const portalAuthHooks: IdentityHooks = {
  onSessionEnd: deletePortalSessions,
};
