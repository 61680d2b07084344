import type { Environment } from "@mgs/core/environment";
import type { ObservabilityEnv } from "@mgs/observability/env";
import type { AppDefinition } from "../apps";
import { type RealtimeEnv, readEnv } from "../env";
import { defaultLimits, type Limits } from "../limits";
import { isOriginPattern } from "../network/origin";
import type { SocketIoOptions } from "../socket-io/options";
import type { TlsFiles } from "../tls/certificate";
import type { AppsDatabase, ConfigFile } from "./file-schema";
import { limitFields, limitVariable, toLimits, type WrittenLimits } from "./limit-fields";
import { type FileResult, readConfigFile } from "./read-file";
import { SettingsError } from "./settings-error";
import { readSocketIo } from "./socket-io";
import { readSoketi, type SoketiSettings } from "./soketi";

/** Everything one process works with: file, environment and defaults together. */
export type Settings = {
  configFile: string | undefined;
  host: string | undefined;
  port: number;
  /** An address of their own for health, metrics and statistics; unset: the server's port has them. */
  metrics: { host: string; port: number } | undefined;
  metricsToken: string | undefined;
  logLevel: string;
  debug: boolean;
  observability: ObservabilityEnv;
  limits: Limits;
  apps: readonly AppDefinition[];
  appsDatabase: AppsDatabase | undefined;
  tls: TlsFiles | undefined;
  trustedProxies: readonly string[];
  /** Through which replicas act as one; unset: this process is alone. */
  redis: RedisSettings | undefined;
  /** A Laravel back end whose broadcasts reach the subscribers of an app. */
  laravel: LaravelSettings | undefined;
  /** Clients of Socket.IO; unset: there are none. */
  socketIo: SocketIoOptions | undefined;
  /** Warnings for the operator, in sentences. */
  warnings: readonly string[];
};

export type RedisSettings = { url: string; prefix: string };
export type LaravelSettings = { url: string; prefix: string; appId: string };

/** Laravel's own default. */
const DEFAULT_LARAVEL_PREFIX = "laravel_database_";
const DEFAULT_REDIS_PREFIX = "mgs:rt:";
const DEFAULT_PORT = 6001;
const NO_FILE: FileResult = { file: {}, problems: [], warnings: [] };

/**
 * Reads file and environment. A variable wins over the file, ours over Soketi's of the same meaning.
 * @param configFile wins over `REALTIME_CONFIG`
 * @throws SettingsError with all that is wrong
 */
export function readSettings(source: Environment, configFile?: string): Settings {
  const soketi = readSoketi(source);
  const { env, problems: environmentProblems } = readEnv({ ...soketi.variables, ...present(source) });
  const path = configFile ?? env.REALTIME_CONFIG;
  const read = path === undefined ? NO_FILE : readConfigFile(path, source);
  const { file } = read;
  const problems = [...environmentProblems, ...soketi.problems, ...read.problems];

  const appsDatabase = file.apps?.database ?? soketi.appsDatabase;
  const own = environmentApp(env, soketi, problems, file.apps !== undefined || appsDatabase !== undefined);
  const apps = [...own, ...(file.apps?.list ?? [])];
  findDoubles(apps, problems);
  const tls = readTls(env, file, problems);
  const redis = readRedis(env, file);
  const laravel = readLaravel(env, file, redis, apps, problems);
  const socketIo = readSocketIo(env, file, apps, problems);
  if (problems.length > 0) throw new SettingsError(problems);
  return {
    configFile: path,
    host: env.REALTIME_HOST ?? file.host,
    port: env.REALTIME_PORT ?? file.port ?? DEFAULT_PORT,
    metrics: readMetrics(env, file),
    metricsToken: env.METRICS_TOKEN ?? file.metrics?.token,
    logLevel: env.LOG_LEVEL ?? file.logLevel ?? "info",
    debug: env.REALTIME_DEBUG ?? file.debug ?? false,
    observability: env,
    limits: { ...defaultLimits, ...toLimits({ ...file.limits, ...limitsOf(env) }) },
    apps,
    appsDatabase,
    tls,
    trustedProxies: env.REALTIME_TRUSTED_PROXIES ?? file.trustedProxies ?? [],
    redis,
    laravel,
    socketIo,
    warnings: [...soketi.warnings, ...read.warnings],
  };
}

const present = (source: Environment): Environment =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));

function limitsOf(env: RealtimeEnv): WrittenLimits {
  const variables: Readonly<Record<string, unknown>> = env;
  const limits: Record<string, number> = env.MAX_CLIENTS === undefined ? {} : { maxConnections: env.MAX_CLIENTS };
  for (const name of Object.keys(limitFields)) {
    const value = variables[limitVariable(name)];
    if (typeof value === "number") limits[name] = value;
  }
  return limits;
}

/** The app that the environment names; none is needed where a file or a database has them. */
function environmentApp(
  env: RealtimeEnv,
  soketi: SoketiSettings,
  problems: string[],
  hasOthers: boolean,
): AppDefinition[] {
  const { PUSHER_APP_ID: id, PUSHER_APP_KEY: key, PUSHER_APP_SECRET: secret } = env;
  const isAsked = [id, key, secret].some((value) => value !== undefined);
  if (!isAsked && hasOthers) return [];
  const missing = Object.entries({ PUSHER_APP_ID: id, PUSHER_APP_KEY: key, PUSHER_APP_SECRET: secret });
  for (const [name, value] of missing) if (value === undefined) problems.push(`${name}: is required`);
  if (id === undefined || key === undefined || secret === undefined) return [];

  const allowedOrigins = env.REALTIME_ALLOWED_ORIGINS?.split(",").map((origin) => origin.trim());
  if (allowedOrigins?.some((origin) => !isOriginPattern(origin))) {
    problems.push("REALTIME_ALLOWED_ORIGINS: must be origins such as https://a.example or https://*.example");
  }
  return [
    {
      ...soketi.app,
      id,
      keys: [{ key, secret }],
      clientEvents: env.REALTIME_CLIENT_EVENTS ?? soketi.app.clientEvents,
      tlsOnly: env.REALTIME_TLS_ONLY,
      allowedOrigins,
    },
  ];
}

function findDoubles(apps: readonly AppDefinition[], problems: string[]): void {
  const double = (names: readonly string[]) => new Set(names.filter((name, index) => names.indexOf(name) !== index));
  for (const id of double(apps.map((app) => app.id))) problems.push(`apps: two have the id ${id}`);
  const keys = apps.flatMap((app) => app.keys.map(({ key }) => key));
  for (const key of double(keys)) problems.push(`apps: two have the key ${key}`);
}

function readTls(env: RealtimeEnv, file: ConfigFile, problems: string[]): TlsFiles | undefined {
  const cert = env.REALTIME_TLS_CERT ?? file.tls?.cert;
  const key = env.REALTIME_TLS_KEY ?? file.tls?.key;
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) {
    problems.push(`${cert === undefined ? "REALTIME_TLS_CERT" : "REALTIME_TLS_KEY"}: is required with the other`);
    return undefined;
  }
  return { cert, key, passphrase: env.REALTIME_TLS_PASSPHRASE ?? file.tls?.passphrase };
}

function readRedis(env: RealtimeEnv, file: ConfigFile): RedisSettings | undefined {
  const url = env.REALTIME_REDIS_URL ?? env.REDIS_URL ?? file.redis?.url;
  const prefix = env.REALTIME_REDIS_PREFIX ?? file.redis?.prefix ?? DEFAULT_REDIS_PREFIX;
  return url === undefined ? undefined : { url, prefix };
}

/** Any of its settings turns the bridge on. */
function readLaravel(
  env: RealtimeEnv,
  file: ConfigFile,
  redis: RedisSettings | undefined,
  apps: readonly AppDefinition[],
  problems: string[],
): LaravelSettings | undefined {
  const { laravel } = file;
  const asked = [env.REALTIME_LARAVEL_REDIS_URL, env.REALTIME_LARAVEL_REDIS_PREFIX, laravel];
  if (asked.every((value) => value === undefined)) return undefined;
  const url = env.REALTIME_LARAVEL_REDIS_URL ?? laravel?.url ?? redis?.url;
  const appId = env.REALTIME_LARAVEL_APP_ID ?? laravel?.appId ?? apps[0]?.id;
  const prefix = env.REALTIME_LARAVEL_REDIS_PREFIX ?? laravel?.prefix ?? DEFAULT_LARAVEL_PREFIX;
  if (url === undefined) problems.push("REALTIME_LARAVEL_REDIS_URL: is required where REDIS_URL is not set");
  if (appId === undefined) problems.push("REALTIME_LARAVEL_APP_ID: is required where apps are in a database");
  if (url === undefined || appId === undefined) return undefined;
  return { url, appId, prefix: prefix === "none" ? "" : prefix };
}

/** Statistics are confidential: their address is on this machine alone unless a setting names another one. */
function readMetrics(env: RealtimeEnv, file: ConfigFile): Settings["metrics"] {
  const port = env.REALTIME_METRICS_PORT ?? file.metrics?.port;
  if (port === undefined) return undefined;
  return { port, host: env.REALTIME_METRICS_HOST ?? file.metrics?.host ?? "127.0.0.1" };
}
