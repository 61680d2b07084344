import { isSecureOrigin } from "@mgs/http/set-cookie";
import { createSession, type SessionSource } from "@mgs/identity/portal-session";
import { findUser } from "@mgs/identity/users.repository";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { ssoCookieName } from "../cookies";
import { findSsoSession } from "../sso-session";

/** Administration knows its visitors by the provider's own session. */
export function createSsoSessions(deps: Pick<PortalDeps, "database" | "sealer" | "ownOrigin">): SessionSource {
  return {
    portal: "administration",
    cookieName: ssoCookieName(isSecureOrigin(deps.ownOrigin)),
    async find(cookie) {
      const live = await findSsoSession(deps, cookie);
      const user = live && (await findUser(deps.database, live.userId));
      if (!live || !user || user.disabledAt) return null;
      return createSession("administration", {
        user,
        userSessionId: live.id,
        portalSessionId: null,
        expiresAt: null,
      });
    },
  };
}
