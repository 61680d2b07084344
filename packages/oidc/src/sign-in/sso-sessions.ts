import { isSecureOrigin } from "@mgs/http/set-cookie";
import { resolveActingPerson } from "@mgs/identity/impersonation/resolve-acting-person";
import { createSession, type SessionSource } from "@mgs/identity/portal-session";
import { findSignedIn } from "@mgs/identity/sessions/signed-in.repository";
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
      const signedIn = live && (await findSignedIn(deps.database, live.id));
      if (!live || !signedIn) return null;
      const acting = await resolveActingPerson(deps.database, signedIn.user, signedIn.impersonationId);
      return createSession("administration", {
        ...acting,
        userSessionId: live.id,
        portalSessionId: null,
        expiresAt: null,
      });
    },
  };
}
