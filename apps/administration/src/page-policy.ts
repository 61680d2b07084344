import type { PagePolicySettings } from "@mgs/portal/answer-headers";
import { publicPusherSettings } from "@mgs/realtime/public-settings";
import { readEnv } from "./env";

/** What the answers of this app allow a browser to do. */
export function pagePolicy(): PagePolicySettings {
  const env = readEnv();
  const portals = [env.COMMERCIAL_URL, env.GESTION_DOSSIER_URL];
  return {
    origin: env.ADMINISTRATION_URL,
    pusher: publicPusherSettings(env),
    formAction: (pathname) => (leadsToClients(pathname) ? ["https:", "http:"] : portals),
    development: env.NODE_ENV === "development",
  };
}

/** Forms whose redirects end at a client, wherever it lives: browsers hold `form-action` against the whole chain. */
function leadsToClients(pathname: string): boolean {
  return pathname.startsWith("/interaction/") || pathname === "/logout";
}
