import { parseEnvironment } from "@mgs/core/environment";
import { signOutPath } from "@mgs/core/portal-links";
import type { Portal } from "@mgs/core/portals";
import { interactionPath } from "@mgs/oidc/links";
import { publicPusherSettings } from "@mgs/realtime/public-settings";
import type { PagePolicySettings } from "./answer-headers";
import { originOf, type PortalRuntimeEnv, portalRuntimeEnv } from "./env";

/** Schemes allowed to a form whose redirects end at a client, since a client may have any origin. */
const CLIENT_SCHEMES = ["https:", "http:"];

/** Tells whether a page's form redirects to a client: browsers check `form-action` for the whole chain of redirects. */
function redirectsToClients(pathname: string): boolean {
  return pathname.startsWith(interactionPath("")) || pathname === signOutPath();
}

/** Makes the page policy of a portal from its variables. */
export function createPagePolicy(portal: Portal, env: PortalRuntimeEnv): PagePolicySettings {
  const formAction =
    portal === "administration"
      ? (pathname: string) =>
          redirectsToClients(pathname) ? CLIENT_SCHEMES : [env.COMMERCIAL_URL, env.GESTION_DOSSIER_URL]
      : () => [env.ADMINISTRATION_URL];
  return {
    origin: originOf(portal, env),
    pusher: publicPusherSettings(env),
    formAction,
    development: env.NODE_ENV === "development",
  };
}

/** Makes a function that reads the policy from the environment on first use, since a build has none. */
export function createPagePolicyReader(portal: Portal): () => PagePolicySettings {
  let policy: PagePolicySettings | undefined;
  return () => {
    policy ??= createPagePolicy(portal, parseEnvironment(portalRuntimeEnv, process.env));
    return policy;
  };
}
