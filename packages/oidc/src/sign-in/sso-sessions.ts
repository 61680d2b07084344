import { ISSUER_PORTAL } from "@mgs/core/portals";
import { isSecureOrigin } from "@mgs/http/set-cookie";
import { resolveActingPerson } from "@mgs/identity/impersonation/resolve-acting-person";
import { createSession, type SessionSource } from "@mgs/identity/portal-session";
import { noteSessionClient } from "@mgs/identity/sessions/session-clients.repository";
import { findSignedIn } from "@mgs/identity/sessions/signed-in.repository";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { ssoCookieName } from "../cookies";
import { findSsoSession } from "../sso-session";

/** Sign-ins that this process remembers to have written down; beyond that many it writes some of them once more. */
const MAX_NOTED = 10_000;

/**
 * Administration knows its visitors by the provider's own session. It gets no tokens, so the first page that a sign-in opens here is
 * what writes down that it is used here: the list of devices names it then. Later pages cost nothing for it.
 */
export function createSsoSessions(deps: Pick<PortalDeps, "database" | "sealer" | "ownOrigin">): SessionSource {
  const noted = new Set<string>();
  const noteUse = async (userSessionId: string) => {
    if (noted.has(userSessionId)) return;
    if (noted.size >= MAX_NOTED) noted.clear();
    noted.add(userSessionId);
    await noteSessionClient(deps.database, userSessionId, ISSUER_PORTAL).catch(() => noted.delete(userSessionId));
  };
  return {
    portal: "administration",
    cookieName: ssoCookieName(isSecureOrigin(deps.ownOrigin)),
    async find(cookie) {
      const live = await findSsoSession(deps, cookie);
      const signedIn = live && (await findSignedIn(deps.database, live.id));
      if (!live || !signedIn) return null;
      await noteUse(live.id);
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
