import { createHmac, randomBytes } from "node:crypto";
import type { Environment } from "@mgs/core/environment";
import { z } from "zod";

/** Values of `laravel-echo-server.json`, as the configuration file of this server has them. */
export type EchoServerFile = { file: Record<string, unknown>; warnings: readonly string[] };

type Json = Readonly<Record<string, unknown>>;

/** A key of the file: puts its value into the draft, or returns the reason why it has no effect here. */
type Rule = (value: unknown, draft: Draft) => string | undefined;

type Draft = { file: Record<string, unknown>; socketIo: Record<string, unknown>; tls: Record<string, unknown> };

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown): boolean =>
  value === null || value === "" || value === false || (isObject(value) && Object.keys(value).length === 0);

const readElsewhere: Rule = () => undefined;
const ignore =
  (reason: string): Rule =>
  (value) =>
    isEmpty(value) ? undefined : reason;
const copyTo =
  (name: string): Rule =>
  (value, { file }) => {
    if (!isEmpty(value)) file[name] = value;
    return undefined;
  };
const copyToSocketIo =
  (name: string): Rule =>
  (value, { socketIo }) => {
    if (!isEmpty(value)) socketIo[name] = value;
    return undefined;
  };
const copyToTls =
  (name: string): Rule =>
  (value, { tls }) => {
    if (!isEmpty(value)) tls[name] = value;
    return undefined;
  };

/** Every key of laravel-echo-server 1.6. */
const RULES: Readonly<Record<string, Rule>> = {
  apiOriginAllow: (value) =>
    isObject(value) && value.allowCors === true ? "pages of the app's allowedOrigins may read answers" : undefined,
  authEndpoint: copyToSocketIo("authEndpoint"),
  authHost: copyToSocketIo("authHost"),
  clients: readElsewhere,
  database: (value) =>
    value === "redis" ? undefined : "members of presence channels are in memory, or in Redis with REDIS_URL",
  databaseConfig: readElsewhere,
  devMode: copyTo("debug"),
  host: copyTo("host"),
  port: (value, { file }) => {
    if (!isEmpty(value)) file.port = typeof value === "string" ? Number(value) : value;
    return undefined;
  },
  protocol: readElsewhere,
  secureOptions: (value) =>
    value === undefined || value === DEFAULT_SECURE_OPTIONS
      ? undefined
      : "TLS 1.2 and later are spoken, with Node's defaults",
  socketio: readElsewhere,
  sslCertChainPath: ignore("put the chain into the certificate's file"),
  sslCertPath: copyToTls("cert"),
  sslKeyPath: copyToTls("key"),
  sslPassphrase: copyToTls("passphrase"),
  subscribers: readElsewhere,
};
const REDIS_KEYS: ReadonlySet<string> = new Set(["host", "port", "username", "password", "db", "keyPrefix", "url"]);
const SOCKET_IO_KEYS: Readonly<Record<string, (value: unknown) => readonly [string, unknown]>> = {
  path: (value) => ["path", value],
  pingInterval: (value) => ["pingIntervalSeconds", Number(value) / 1_000],
  pingTimeout: (value) => ["pingTimeoutSeconds", Number(value) / 1_000],
};
/** `SSL_OP_NO_SSLv3`, which it writes into each file. */
const DEFAULT_SECURE_OPTIONS = 67_108_864;
const DEFAULT_APP_ID = "laravel-echo-server";

/** Variables with which laravel-echo-server overrides its file. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  LARAVEL_ECHO_SERVER_AUTH_HOST: ["authHost"],
  LARAVEL_ECHO_SERVER_DEBUG: ["devMode"],
  LARAVEL_ECHO_SERVER_HOST: ["host"],
  LARAVEL_ECHO_SERVER_PORT: ["port"],
  LARAVEL_ECHO_SERVER_PROTO: ["protocol"],
  LARAVEL_ECHO_SERVER_REDIS_HOST: ["databaseConfig", "redis", "host"],
  LARAVEL_ECHO_SERVER_REDIS_PORT: ["databaseConfig", "redis", "port"],
  LARAVEL_ECHO_SERVER_REDIS_PASSWORD: ["databaseConfig", "redis", "password"],
  LARAVEL_ECHO_SERVER_SSL_CERT: ["sslCertPath"],
  LARAVEL_ECHO_SERVER_SSL_CHAIN: ["sslCertChainPath"],
  LARAVEL_ECHO_SERVER_SSL_KEY: ["sslKeyPath"],
  LARAVEL_ECHO_SERVER_SSL_PASS: ["sslPassphrase"],
};

/** Whether the content of a configuration file is that of laravel-echo-server. */
export function isEchoServerFile(content: unknown): content is Json {
  return isObject(content) && ["authEndpoint", "subscribers", "databaseConfig"].some((key) => key in content);
}

/**
 * Reads `laravel-echo-server.json` (https://github.com/tlaverdure/laravel-echo-server#configurable-options). A key without effect here gets a
 * warning, by its name alone: values may be secret.
 * @param hasApp whether the environment names an app of that id already
 */
export function readEchoServerFile(
  content: Json,
  environment: Environment,
  hasApp: (id: string) => boolean,
): EchoServerFile {
  const settings = withVariables(content, environment);
  const draft: Draft = { file: {}, socketIo: { authHost: settings.host ?? "http://localhost" }, tls: {} };
  const warnings: string[] = [];
  for (const [key, value] of Object.entries(settings)) {
    const why = Object.hasOwn(RULES, key) ? RULES[key]?.(value, draft) : "no such setting is known";
    if (why !== undefined) warnings.push(`${key} is not used: ${why}`);
  }
  readClients(settings, draft, warnings, hasApp);
  readRedis(settings, draft, warnings);
  readSocketIo(settings.socketio, draft, warnings);
  if (settings.protocol === "https") draft.file.tls = draft.tls;
  draft.file.socketIo = draft.socketIo;
  return { file: draft.file, warnings: warnings.sort() };
}

function withVariables(content: Json, environment: Environment): Json {
  const settings = structuredClone(content) as Record<string, unknown>;
  for (const [name, path] of Object.entries(VARIABLES)) {
    const value = environment[name];
    if (value === undefined || value === "") continue;
    let place = settings;
    for (const key of path.slice(0, -1)) {
      if (!isObject(place[key])) place[key] = {};
      place = place[key] as Record<string, unknown>;
    }
    place[path.at(-1) ?? ""] = name === "LARAVEL_ECHO_SERVER_DEBUG" ? value === "true" : value;
  }
  return settings;
}

const clientSchema = z.object({ appId: z.coerce.string().min(1), key: z.string().min(1) });

/** A client is an app, and its key is that of the HTTP side. laravel-echo-server has no secrets, so clients of Pusher need an app of the environment. */
function readClients(
  { clients, subscribers }: Json,
  { file, socketIo }: Draft,
  warnings: string[],
  hasApp: (id: string) => boolean,
): void {
  const [first, ...others] = Array.isArray(clients) ? (clients as unknown[]) : [];
  if (others.length > 0) warnings.push("clients is used in part: the first one is the app, the others have no effect");
  const client = clientSchema.safeParse(first).data;
  const id = client?.appId ?? DEFAULT_APP_ID;
  socketIo.appId = id;
  const isHttpWanted = !isObject(subscribers) || subscribers.http !== false;
  if (client !== undefined && isHttpWanted) socketIo.httpKey = client.key;
  if (hasApp(id)) return;
  file.apps = { list: [{ id, keys: [{ key: id, secret: secretOf(client?.key) }] }] };
}

const PROCESS_SECRET = randomBytes(32).toString("hex");
/** The same in every replica and after a reload, and unknown to who has not the key of the HTTP side. */
const secretOf = (key: string | undefined): string =>
  key === undefined ? PROCESS_SECRET : createHmac("sha256", key).update("laravel-echo-server app").digest("hex");

/** Broadcasts of Laravel come through this Redis, unless `subscribers.redis` says no. */
function readRedis({ databaseConfig, subscribers }: Json, { file, socketIo }: Draft, warnings: string[]): void {
  const config = isObject(databaseConfig) ? databaseConfig : {};
  if (config.publishPresence === true) {
    warnings.push(
      "databaseConfig.publishPresence is not used: webhooks member_added and member_removed tell who comes and goes",
    );
  }
  for (const key of Object.keys(config)) {
    if (!["redis", "sqlite", "publishPresence"].includes(key)) {
      warnings.push(`databaseConfig.${key} is not used: no such setting is known`);
    }
  }
  if (isObject(subscribers)) {
    for (const key of Object.keys(subscribers)) {
      if (key !== "http" && key !== "redis") warnings.push(`subscribers.${key} is not used: no such setting is known`);
    }
    if (subscribers.redis === false) return;
  }
  const redis = isObject(config.redis) ? config.redis : {};
  for (const key of Object.keys(redis)) {
    if (!REDIS_KEYS.has(key)) warnings.push(`databaseConfig.redis.${key} is not used: no such setting is known`);
  }
  const prefix = typeof redis.keyPrefix === "string" && redis.keyPrefix !== "" ? redis.keyPrefix : "none";
  file.laravel = { url: redisUrl(redis), prefix, appId: socketIo.appId };
}

function redisUrl(redis: Json): string {
  if (typeof redis.url === "string") return redis.url;
  const text = (value: unknown, fallback: string): string =>
    typeof value === "string" || typeof value === "number" ? String(value) : fallback;
  const url = new URL("redis://127.0.0.1:6379");
  url.hostname = text(redis.host, "127.0.0.1");
  url.port = text(redis.port, "6379");
  url.username = encodeURIComponent(text(redis.username, ""));
  url.password = encodeURIComponent(text(redis.password, ""));
  if (redis.db !== undefined) url.pathname = `/${text(redis.db, "0")}`;
  return url.href;
}

function readSocketIo(socketio: unknown, { socketIo }: Draft, warnings: string[]): void {
  if (!isObject(socketio)) return;
  for (const [key, value] of Object.entries(socketio)) {
    const entry = Object.hasOwn(SOCKET_IO_KEYS, key) ? SOCKET_IO_KEYS[key]?.(value) : undefined;
    if (entry === undefined)
      warnings.push(`socketio.${key} is not used: only path, pingInterval and pingTimeout are known`);
    else socketIo[entry[0]] = entry[1];
  }
}
