import { publicPusherSettings } from "@mgs/realtime/public-settings";
import type { PagePolicySettings } from "@mgs/shell/server/answer-headers";
import { readEnv } from "./env";

/** What the answers of this app allow a browser to do. */
export function pagePolicy(): PagePolicySettings {
  const env = readEnv();
  return {
    pusher: publicPusherSettings(env),
    formAction: () => [env.ADMINISTRATION_URL],
    secure: env.GESTION_DOSSIER_URL.startsWith("https:"),
    development: env.NODE_ENV === "development",
  };
}
