import type { PublicPusherSettings } from "./connection";
import type { PusherEnv } from "./env";

/** Makes the settings for pages: the server's public address where it has one, else the address of the portals. */
export function publicPusherSettings(env: PusherEnv): PublicPusherSettings {
  const host = env.PUSHER_PUBLIC_HOST ?? env.PUSHER_HOST ?? null;
  const scheme = env.PUSHER_PUBLIC_SCHEME ?? (host === null ? "https" : env.PUSHER_SCHEME);
  return {
    key: env.PUSHER_APP_KEY,
    cluster: env.PUSHER_APP_CLUSTER,
    host,
    port: env.PUSHER_PUBLIC_PORT ?? (host === env.PUSHER_HOST ? (env.PUSHER_PORT ?? null) : null),
    tls: scheme === "https",
  };
}
