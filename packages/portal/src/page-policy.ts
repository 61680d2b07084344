import { parseEnvironment } from "@mgs/core/environment";
import { signOutPath } from "@mgs/core/portal-links";
import type { Portal } from "@mgs/core/portals";
import { interactionPath } from "@mgs/oidc/links";
import { publicPusherSettings } from "@mgs/realtime/public-settings";
import type { PagePolicySettings } from "./answer-headers";
import { originOf, type PortalRuntimeEnv, portalRuntimeEnv } from "./env";

/** Schemes of a form whose redirects end at a client, wherever it lives. */
const ANY_CLIENT = ["https:", "http:"];

/** Browsers hold `form-action` against the whole chain of redirects: these pages' forms end at a client. */
function leadsToClients(pathname: string): boolean {
  return pathname.startsWith(interactionPath("")) || pathname === signOutPath();
}

/** What the answers of a portal allow a browser to do. */
export function pagePolicyOf(portal: Portal, env: PortalRuntimeEnv): PagePolicySettings {
  const formAction =
    portal === "administration"
      ? (pathname: string) => (leadsToClients(pathname) ? ANY_CLIENT : [env.COMMERCIAL_URL, env.GESTION_DOSSIER_URL])
      : () => [env.ADMINISTRATION_URL];
  return {
    origin: originOf(portal, env),
    pusher: publicPusherSettings(env),
    formAction,
    development: env.NODE_ENV === "development",
  };
}

/** Reads the policy from the environment when it is first needed: a build must not need one. */
export function createPagePolicyReader(portal: Portal): () => PagePolicySettings {
  let policy: PagePolicySettings | undefined;
  return () => {
    policy ??= pagePolicyOf(portal, parseEnvironment(portalRuntimeEnv, process.env));
    return policy;
  };
}
