import { join } from "node:path";
import type { Environment } from "@mgs/core/environment";
import { signInCallbackPath } from "@mgs/core/portal-links";
import { PORTALS, type Portal } from "@mgs/core/portals";
import type { Secrets } from "./secrets";
import type { Settings } from "./settings";
import { createBaseEnvironment } from "./supervisor/service";

/** Names of our processes, as in logs. */
export const PROCESSES = [...PORTALS, "worker", "realtime-server"] as const;
export type ProcessName = (typeof PROCESSES)[number];

export type Resources = { databaseUrl: string; redisUrl: string; secrets: Secrets; mode: "production" | "development" };

type Variables = Record<string, string>;

/** Optional variables that every process reads. */
const OPTIONAL_EVERYWHERE: readonly RegExp[] = [/^LOG_LEVEL$/, /^MGS_VERSION$/, /^OTEL_/, /^SENTRY_DSN$/];

/** Optional variables of each process, besides those that this file sets. */
const OPTIONAL: Record<"portal" | "worker" | "realtime-server", readonly RegExp[]> = {
  portal: [/^DATABASE_POOL$/, /^SEND_LIMIT_/, /^SIGN_IN_/, /^GEOIP_DATABASE$/, /^TRUSTED_PROXIES$/],
  worker: [/^AUDIT_/, /^CANARY_/, /^DATABASE_POOL$/, /^MAIL_FROM/, /^RESEND_/, /^SMTP_/, /^WORKER_/],
  "realtime-server": [/^MAX_CLIENTS$/, /^REALTIME_/, /^REDIS_URL$/],
};

/**
 * Most members of the presence channel of people online. The realtime server's default is 100, as with hosted Pusher; the
 * product is sized for thousands (docs/guide/scaling.md). `compose.yaml` has the same number.
 */
export const MAX_PRESENCE_MEMBERS = 10_000;

/** The variables that say where documents are. */
export function createDocumentVariables({ dataDir, source }: Pick<Settings, "dataDir" | "source">): Variables {
  return { DOCUMENTS_DIR: join(dataDir, "documents"), ...pick(source, [/^DOCUMENT/]) };
}

/** Makes the whole environment of one process, with the variables that it needs alone. */
export function createEnvironment(name: ProcessName, settings: Settings, resources: Resources): Variables {
  const common: Variables = {
    ...createBaseEnvironment(settings.source),
    NODE_ENV: resources.mode,
    ...pick(settings.source, OPTIONAL_EVERYWHERE),
    ...(resources.secrets.METRICS_TOKEN === undefined ? {} : { METRICS_TOKEN: resources.secrets.METRICS_TOKEN }),
  };
  if (name === "worker") return { ...common, ...createWorkerVariables(settings, resources) };
  if (name === "realtime-server") return { ...common, ...createRealtimeServerVariables(settings, resources) };
  return { ...common, ...createPortalVariables(name, settings, resources) };
}

function createPortalVariables(portal: Portal, settings: Settings, resources: Resources): Variables {
  return {
    NEXT_TELEMETRY_DISABLED: "1",
    ...createBackendVariables(settings, resources),
    ...createPusherVariables(settings, resources.secrets),
    ...pick(settings.source, OPTIONAL.portal),
    ...(portal === "administration"
      ? { OIDC_COOKIE_SECRET: resources.secrets.OIDC_COOKIE_SECRET }
      : createClientVariables(portal, settings, resources.secrets)),
    ...readPrefixed(portal, settings.source),
  };
}

function createClientVariables(
  portal: Exclude<Portal, "administration">,
  { urls }: Settings,
  secrets: Secrets,
): Variables {
  const commercial = portal === "commercial";
  return {
    OAUTH_CLIENT_ID: portal,
    OAUTH_CLIENT_SECRET: commercial
      ? secrets.COMMERCIAL_OAUTH_CLIENT_SECRET
      : secrets.GESTION_DOSSIER_OAUTH_CLIENT_SECRET,
    OAUTH_REDIRECT_URI: urls[portal] + signInCallbackPath(),
    NEXTAUTH_URL: urls[portal],
    NEXTAUTH_SECRET: commercial ? secrets.COMMERCIAL_NEXTAUTH_SECRET : secrets.GESTION_DOSSIER_NEXTAUTH_SECRET,
  };
}

function createWorkerVariables(settings: Settings, resources: Resources): Variables {
  const mailbox: Variables =
    settings.env.RESEND_API_KEY || settings.env.SMTP_URL
      ? {}
      : { SMTP_URL: `smtp://127.0.0.1:${settings.ports.smtp}`, MAIL_FROM: "MGS <notifications@mgs.localhost>" };
  return {
    WORKER_PORT: String(settings.ports.worker),
    ...createBackendVariables(settings, resources),
    ...createPusherVariables(settings, resources.secrets),
    ...mailbox,
    ...pick(settings.source, OPTIONAL.worker),
  };
}

function createRealtimeServerVariables(settings: Settings, { secrets }: Resources): Variables {
  const { PUSHER_APP_ID, PUSHER_APP_KEY, PUSHER_APP_SECRET } = createPusherVariables(settings, secrets);
  return {
    REALTIME_PORT: String(settings.ports.realtime),
    ...pick({ PUSHER_APP_ID, PUSHER_APP_KEY, PUSHER_APP_SECRET }, [/./]),
    REALTIME_MAX_PRESENCE_MEMBERS: String(MAX_PRESENCE_MEMBERS),
    ...createSocketIoVariables(settings),
    ...pick(settings.source, OPTIONAL["realtime-server"]),
  };
}

/** Where Socket.IO is asked for and no other back end is named, the portals themselves say who may join a channel. */
function createSocketIoVariables({ urls, source }: Settings): Variables {
  const isAsked = source.REALTIME_SOCKET_IO !== undefined && source.REALTIME_CONFIG === undefined;
  return isAsked ? { REALTIME_SOCKET_IO_AUTH_HOST: Object.values(urls).join(",") } : {};
}

function createBackendVariables(
  { urls, source, dataDir }: Settings,
  { databaseUrl, redisUrl, secrets }: Resources,
): Variables {
  return {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    MGS_KEY_ENCRYPTION_KEY: secrets.MGS_KEY_ENCRYPTION_KEY,
    ADMINISTRATION_URL: urls.administration,
    COMMERCIAL_URL: urls.commercial,
    GESTION_DOSSIER_URL: urls["gestion-dossier"],
    OAUTH_SERVER_URL: source.OAUTH_SERVER_URL ?? urls.administration,
    ...createDocumentVariables({ dataDir, source }),
  };
}

/** Makes the variables of our realtime server, or of the Pusher server in the environment. */
export function createPusherVariables(
  { source, ports, foreignRealtime }: Settings,
  secrets: Pick<Secrets, "PUSHER_APP_SECRET">,
): Variables {
  const own: Variables = {
    PUSHER_APP_ID: "mgs",
    PUSHER_APP_KEY: "mgs-key",
    PUSHER_HOST: "localhost",
    PUSHER_PORT: String(ports.realtime),
    PUSHER_SCHEME: "http",
  };
  return {
    ...(foreignRealtime ? {} : own),
    ...pick(source, [/^PUSHER_/]),
    PUSHER_APP_SECRET: secrets.PUSHER_APP_SECRET,
  };
}

/** Reads a portal's own variables: `COMMERCIAL_X` is X for that portal alone. `COMMERCIAL_URL` belongs to all processes. */
function readPrefixed(portal: Portal, source: Environment): Variables {
  const prefix = `${portal.toUpperCase().replaceAll("-", "_")}_`;
  return Object.fromEntries(
    Object.entries(source).flatMap(([name, value]) =>
      value !== undefined && name.startsWith(prefix) && name !== `${prefix}URL`
        ? [[name.slice(prefix.length), value]]
        : [],
    ),
  );
}

function pick(source: Environment, patterns: readonly RegExp[]): Variables {
  return Object.fromEntries(
    Object.entries(source).flatMap(([name, value]) =>
      value !== undefined && patterns.some((pattern) => pattern.test(name)) ? [[name, value]] : [],
    ),
  );
}
