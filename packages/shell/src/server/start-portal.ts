import type { Portal } from "@mgs/core/portals";
import { tameForbiddenMethods } from "@mgs/http/methods";
import { trackRemoteAddress } from "@mgs/http/remote-address";
import { createRouteTable, nextRoutes } from "@mgs/observability/metrics/route-table";
import { startObservability } from "@mgs/observability/start-process";
import type { PortalRuntimeEnv } from "./env";

/** Addresses that the app's build does not list: those of the provider, which serves them by itself. */
const PROVIDER_ROUTES = [
  "/.well-known/openid-configuration",
  ...["authorize", "authorize/[uid]", "token", "userinfo", "jwks", "revoke", "introspect", "logout", "[...rest]"].map(
    (path) => `/oauth/${path}`,
  ),
];

/** What every portal's process does first, before its composition is loaded. */
export async function startPortal(portal: Portal, env: PortalRuntimeEnv): Promise<void> {
  trackRemoteAddress();
  tameForbiddenMethods();
  await startObservability(portal, env, createRouteTable([...nextRoutes(), ...PROVIDER_ROUTES]));
}
