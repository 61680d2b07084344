import type { Logger } from "@mgs/core/logger";
import { isPortal } from "@mgs/core/portals";
import type { Database } from "@mgs/db/client";
import { touchUserSession } from "@mgs/identity/sessions/user-sessions.repository";
import type Provider from "oidc-provider";

/**
 * Notes that a sign-in is used when an application of its person gets a token by it: who works in that application all day does not
 * run out. Portals note it by themselves as their pages are opened; their tabs also get tokens while nobody is there.
 */
export function useNotedSessions(provider: Provider, deps: { database: Database; logger: Logger }): void {
  provider.on("grant.success", ({ oidc }) => {
    const oidcSessionUid = oidc.entities.AccessToken?.sessionUid;
    if (!oidcSessionUid || !oidc.client || isPortal(oidc.client.clientId)) return;
    touchUserSession(deps.database, { oidcSessionUid }, new Date()).catch((error: unknown) => {
      deps.logger.warn({ err: error }, "the use of a sign-in was not noted");
    });
  });
}
