import type { Portal } from "@mgs/core/portals";
import { endFailedStart } from "@mgs/core/refusal";
import { tameForbiddenMethods } from "@mgs/http/methods";
import { trackRemoteAddress } from "@mgs/http/remote-address";
import { createRouteTable, nextRoutes } from "@mgs/observability/metrics/route-table";
import { startObservability } from "@mgs/observability/start-process";
import type { PortalRuntimeEnv } from "./env";
import { logFrameworkConsole } from "./log-framework-console";

/** Addresses that the app's build does not list: those of the provider, which serves them by itself. */
const PROVIDER_ROUTES = [
  "/.well-known/openid-configuration",
  ...["authorize", "authorize/[uid]", "token", "userinfo", "jwks", "revoke", "introspect", "logout", "[...rest]"].map(
    (path) => `/oauth/${path}`,
  ),
];

/**
 * Starts a portal's process: what every portal does first, then its composition, which is not loaded before. A failure
 * ends the process with its reason: Next would go on without, and answer 500 to everything.
 */
export async function startPortal(
  portal: Portal,
  readEnv: () => PortalRuntimeEnv,
  compose: () => Promise<void>,
): Promise<void> {
  try {
    const env = readEnv();
    trackRemoteAddress();
    tameForbiddenMethods();
    await startObservability(portal, env, createRouteTable([...nextRoutes(), ...PROVIDER_ROUTES]));
    await compose();
    if (env.NODE_ENV === "production") logFrameworkConsole(portal);
  } catch (error) {
    endFailedStart(error);
  }
}
