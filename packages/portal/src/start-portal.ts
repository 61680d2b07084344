import { exitFailedStart } from "@mgs/core/configuration-error";
import { parseEnvironment } from "@mgs/core/environment";
import type { Portal } from "@mgs/core/portals";
import { replaceForbiddenMethods } from "@mgs/http/methods";
import { trackRemoteAddress } from "@mgs/http/remote-address";
import { createRouteTable, readNextRoutes } from "@mgs/observability/metrics/route-table";
import { startObservability } from "@mgs/observability/start-process";
import { type PortalRuntimeEnv, portalRuntimeEnv } from "./env";
import { logFrameworkConsole } from "./log-framework-console";

/** Addresses that the app's build does not list: those of the provider, which serves them by itself. */
const PROVIDER_ROUTES = [
  "/.well-known/openid-configuration",
  ...["authorize", "authorize/[uid]", "token", "userinfo", "jwks", "revoke", "introspect", "logout", "[...rest]"].map(
    (path) => `/oauth/${path}`,
  ),
];

/** What of a portal this needs, once it is loaded. */
type Startable = { routePaths: readonly string[]; readEnv(): unknown; start(): Promise<void> };

/**
 * Starts a portal's process: what every portal does first, then the portal itself, which is not loaded before: tracing
 * has to see libraries before they are used. A failure ends the process with its reason: Next would go on without, and
 * answer 500 to everything.
 */
export async function startPortal(name: Portal, load: () => Promise<Startable>): Promise<void> {
  try {
    trackRemoteAddress();
    replaceForbiddenMethods();
    let labelOf = createRouteTable([]);
    const env = readRuntimeEnv();
    if (env) await startObservability(name, env, (path) => labelOf(path));
    const portal = await load();
    // A wrong environment ends the process now, with one list of all that is wrong with it.
    portal.readEnv();
    labelOf = createRouteTable([...readNextRoutes(), ...PROVIDER_ROUTES, ...portal.routePaths]);
    await portal.start();
    if (env?.NODE_ENV === "production") logFrameworkConsole(name);
  } catch (error) {
    exitFailedStart(error);
  }
}

/** The settings that every portal has; null when one is wrong, which the portal's own list then tells. */
function readRuntimeEnv(): PortalRuntimeEnv | null {
  try {
    return parseEnvironment(portalRuntimeEnv, process.env);
  } catch {
    return null;
  }
}
