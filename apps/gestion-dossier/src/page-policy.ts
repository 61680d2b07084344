import type { PagePolicySettings } from "@mgs/portal/answer-headers";
import { publicPusherSettings } from "@mgs/realtime/public-settings";
import { readEnv } from "./env";

/** What the answers of this app allow a browser to do. */
export function pagePolicy(): PagePolicySettings {
  const env = readEnv();
  return {
    origin: env.GESTION_DOSSIER_URL,
    pusher: publicPusherSettings(env),
    formAction: () => [env.ADMINISTRATION_URL],
    development: env.NODE_ENV === "development",
  };
}
