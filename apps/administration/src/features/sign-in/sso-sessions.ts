import { mayOpen } from "@mgs/core/roles";
import { isSecureOrigin } from "@mgs/http/set-cookie";
import { findUser } from "@mgs/identity/users.repository";
import { ssoCookieName } from "@mgs/oidc/cookies";
import { findSsoSession } from "@mgs/oidc/sso-session";
import type { Runtime } from "@mgs/portal/runtime";
import type { SessionSource } from "@mgs/portal-auth/session";

/** Administration knows its visitors by the provider's own session: it is the provider's house. */
export function createSsoSessions(runtime: Runtime): SessionSource {
  return {
    portal: "administration",
    cookieName: ssoCookieName(isSecureOrigin(runtime.ownOrigin)),
    async find(cookie) {
      const live = await findSsoSession(runtime, cookie);
      const user = live && (await findUser(runtime.database, live.userId));
      if (!live || !user || user.disabledAt) return null;
      return {
        user,
        userSessionId: live.id,
        portalSessionId: null,
        expiresAt: null,
        mayOpen: mayOpen(user.role, "administration"),
      };
    },
  };
}
