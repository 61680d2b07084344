import { exitFailedStart } from "@mgs/core/configuration-error";
import { parseEnvironment } from "@mgs/core/environment";
import type { Portal } from "@mgs/core/portals";
import { replaceForbiddenMethods } from "@mgs/http/methods";
import { trackRemoteAddress } from "@mgs/http/remote-address";
import { createRouteTable, readNextRoutes } from "@mgs/observability/metrics/route-table";
import { startObservability } from "@mgs/observability/start-process";
import { type PortalRuntimeEnv, portalRuntimeEnv } from "./env";
import { logFrameworkConsole } from "./log-framework-console";

/** The provider's addresses, which the app's build does not list. */
const PROVIDER_ROUTES = [
  "/.well-known/openid-configuration",
  ...["authorize", "authorize/[uid]", "token", "userinfo", "jwks", "revoke", "introspect", "logout", "[...rest]"].map(
    (path) => `/oauth/${path}`,
  ),
];

/** The parts of a portal that `startPortal` uses. */
type Startable = { routePaths: readonly string[]; readEnv(): unknown; start(): Promise<void> };

/**
 * Starts a portal's process: first its observability, then the portal, which is loaded after it because tracing has to patch
 * libraries before they are imported. A failure ends the process with its reason, since Next would go on and answer every
 * request with a 500.
 */
export async function startPortal(name: Portal, load: () => Promise<Startable>): Promise<void> {
  try {
    const env = readRuntimeEnv();
    trackRemoteAddress(env?.TRUSTED_PROXIES ?? 0);
    replaceForbiddenMethods();
    let labelOf = createRouteTable([]);
    if (env) await startObservability(name, env, (path) => labelOf(path));
    const portal = await load();
    // An invalid environment ends the process here, with a list of every variable in error.
    portal.readEnv();
    labelOf = createRouteTable([...readNextRoutes(), ...PROVIDER_ROUTES, ...portal.routePaths]);
    await portal.start();
    if (env?.NODE_ENV === "production") logFrameworkConsole(name);
  } catch (error) {
    exitFailedStart(error);
  }
}

/** Reads the variables of every portal; null when one is invalid, which the portal's own list then reports. */
function readRuntimeEnv(): PortalRuntimeEnv | null {
  try {
    return parseEnvironment(portalRuntimeEnv, process.env);
  } catch {
    return null;
  }
}
