import type { Environment } from "@mgs/core/environment";
import type { AppDefinition } from "../apps";
import type { AppsDatabase } from "./file-schema";
import { readWebhooks } from "./soketi-webhooks";

/** Settings of Soketi's variables, as settings of this server. */
export type SoketiSettings = {
  /** Variables of this server that have the meaning of Soketi's. */
  variables: Record<string, string>;
  /** Settings of Soketi's default app beyond its key. */
  app: Partial<AppDefinition>;
  appsDatabase: AppsDatabase | undefined;
  /** Names that are set and have no effect here, each with the reason. */
  warnings: readonly string[];
  problems: readonly string[];
};

const PREFIX = "SOKETI_";
/** Soketi's word for "no limit". */
const UNLIMITED = "-1";
const DEFAULT_METRICS_PORT = "9601";

type Draft = {
  variables: Record<string, string>;
  app: Partial<AppDefinition>;
  limits: NonNullable<AppDefinition["limits"]>;
  problems: string[];
};

/** Applies a value, or returns the reason why it has no effect here. */
type Rule = (value: string, draft: Draft, name: string) => string | undefined;

const copyTo =
  (variable: string, convert: (value: string) => string = (value) => value): Rule =>
  (value, { variables }) => {
    variables[variable] = convert(value);
    return undefined;
  };
const kilobytes = (value: string): string => String(Math.floor(Number(value) * 1024));
const milliseconds = (value: string): string => String(Number(value) / 1000);

const ignore =
  (reason: string): Rule =>
  () =>
    reason;
/** Ignores a name, without a warning for values that match the behaviour of this server. */
const ignoreUnless =
  (values: readonly string[], reason: string): Rule =>
  (value) =>
    values.includes(value.toLowerCase()) ? undefined : reason;
/** The value is read together with another name. */
const readElsewhere: Rule = () => undefined;

const flag = (value: string): boolean => !["0", "false", "no", "off"].includes(value.toLowerCase());

const limit =
  (field: "maxAppConnections" | "maxClientEventsPerSecond" | "maxEventsPerSecond"): Rule =>
  (value, { limits, problems }, name) => {
    if (value === UNLIMITED) limits[field] = Number.MAX_SAFE_INTEGER;
    else if (/^\d+$/.test(value) && Number(value) > 0) limits[field] = Number(value);
    else problems.push(`${name}: must be a number above 0, or -1`);
    return undefined;
  };

const webhooks: Rule = (value, draft, name) => {
  const result = readWebhooks(value);
  if (typeof result === "string") {
    draft.problems.push(`${name}: ${result}`);
    return undefined;
  }
  draft.app.webhooks = result.targets;
  return result.left.length === 0
    ? undefined
    : `${result.left.join(", ")} of a webhook: only url, event_types, headers and filter.channel_name_starts_with are known`;
};

const NO_QUEUE = "webhooks are sent by this process, and need no queue";
const REDIS_ALONE = "replicas talk through Redis: set REDIS_URL";
const APPS_FROM = "apps come from the environment, a file or PostgreSQL";
const OWN_RATES = "rates are counted in each process";
const IN_REDIS_URL = "Redis and its options are named by REDIS_URL";

/** Settings that belong to a part which is not here. */
const FAMILIES: readonly { names: RegExp; reason: string }[] = [
  { names: /^(ADAPTER_(NATS|CLUSTER)|CLUSTER)_/, reason: REDIS_ALONE },
  { names: /^(APP_MANAGER_(DYNAMODB|MYSQL)|DB_MYSQL)_/, reason: APPS_FROM },
  { names: /^DB_POOLING_/, reason: "one connection reads the apps" },
  { names: /^QUEUE_/, reason: NO_QUEUE },
  { names: /^RATE_LIMITER_REDIS_/, reason: OWN_RATES },
  { names: /^(ADAPTER|CACHE|DB)_REDIS_/, reason: IN_REDIS_URL },
];

/** The settings of Soketi 1.6, but for those of the families. */
const RULES: Readonly<Record<string, Rule>> = {
  ADAPTER_DRIVER: ignoreUnless(["local", "redis"], REDIS_ALONE),
  ADAPTER_REDIS_PREFIX: ignore("keys have a prefix of their own"),
  ADAPTER_REDIS_REQUESTS_TIMEOUT: ignore("replicas keep what others need, and ask nobody"),
  APP_MANAGER_DRIVER: ignoreUnless(["array", "postgres"], APPS_FROM),
  APP_MANAGER_CACHE_ENABLED: ignore("apps of a database are always held in memory"),
  APP_MANAGER_CACHE_TTL: ignore("use apps.database.pollSeconds of a configuration file"),
  APP_MANAGER_POSTGRES_TABLE: readElsewhere,
  APP_MANAGER_POSTGRES_VERSION: ignore("the version is not needed"),
  CACHE_DRIVER: ignoreUnless(
    ["memory", "redis"],
    "the last event of a cache channel is in memory, or in Redis with REDIS_URL",
  ),
  CHANNEL_CACHE_TTL: ignore("the last event of a cache channel is kept for 30 minutes"),
  CHANNEL_LIMITS_MAX_NAME_LENGTH: ignoreUnless(["200"], "names of channels have 200 characters at most"),
  DB_POSTGRES_HOST: readElsewhere,
  DB_POSTGRES_PORT: readElsewhere,
  DB_POSTGRES_USERNAME: readElsewhere,
  DB_POSTGRES_PASSWORD: readElsewhere,
  DB_POSTGRES_DATABASE: readElsewhere,
  DB_REDIS_HOST: readElsewhere,
  DB_REDIS_PORT: readElsewhere,
  DB_REDIS_DB: readElsewhere,
  DB_REDIS_USERNAME: readElsewhere,
  DB_REDIS_PASSWORD: readElsewhere,
  DB_REDIS_KEY_PREFIX: ignore("keys have a prefix of their own"),
  DEBUG: copyTo("REALTIME_DEBUG", (value) => String(flag(value))),
  DEFAULT_APP_ID: copyTo("PUSHER_APP_ID"),
  DEFAULT_APP_KEY: copyTo("PUSHER_APP_KEY"),
  DEFAULT_APP_SECRET: copyTo("PUSHER_APP_SECRET"),
  DEFAULT_APP_ENABLED: (value, { app }) => {
    app.enabled = flag(value);
    return undefined;
  },
  DEFAULT_APP_ENABLE_CLIENT_MESSAGES: (value, { app }) => {
    app.clientEvents = flag(value);
    return undefined;
  },
  DEFAULT_APP_MAX_CONNS: limit("maxAppConnections"),
  // The documentation's name of the one before.
  DEFAULT_APP_MAX_CONNECTIONS: limit("maxAppConnections"),
  DEFAULT_APP_MAX_CLIENT_EVENTS_PER_SEC: limit("maxClientEventsPerSecond"),
  DEFAULT_APP_MAX_BACKEND_EVENTS_PER_SEC: limit("maxEventsPerSecond"),
  DEFAULT_APP_MAX_READ_REQ_PER_SEC: ignoreUnless([UNLIMITED], "publishers are not limited"),
  DEFAULT_APP_USER_AUTHENTICATION: ignoreUnless(["1", "true"], "users may always sign in"),
  DEFAULT_APP_WEBHOOKS: webhooks,
  EVENT_MAX_BATCH_SIZE: copyTo("REALTIME_MAX_EVENTS_PER_BATCH"),
  EVENT_MAX_CHANNELS_AT_ONCE: copyTo("REALTIME_MAX_CHANNELS_PER_EVENT"),
  EVENT_MAX_NAME_LENGTH: copyTo("REALTIME_MAX_EVENT_NAME_LENGTH"),
  EVENT_MAX_SIZE_IN_KB: copyTo("REALTIME_MAX_EVENT_BYTES", kilobytes),
  HOST: copyTo("REALTIME_HOST"),
  HTTP_ACCEPT_TRAFFIC_MEMORY_THRESHOLD: ignore("/health/ready does not look at the memory"),
  METRICS_ENABLED: readElsewhere,
  METRICS_DRIVER: ignoreUnless(["prometheus"], "metrics are Prometheus's"),
  METRICS_HOST: readElsewhere,
  METRICS_PROMETHEUS_PREFIX: ignore("the names of metrics begin with mgs_"),
  METRICS_SERVER_PORT: readElsewhere,
  MODE: ignoreUnless(["full"], "one process does it all"),
  PATH_PREFIX: ignoreUnless(["", "/"], "paths have no prefix: let a proxy take it off"),
  PORT: copyTo("REALTIME_PORT"),
  PRESENCE_MAX_MEMBER_SIZE: copyTo("REALTIME_MAX_MEMBER_BYTES", kilobytes),
  PRESENCE_MAX_MEMBERS: copyTo("REALTIME_MAX_PRESENCE_MEMBERS"),
  QUEUE_DRIVER: ignoreUnless(["sync"], NO_QUEUE),
  RATE_LIMITER_DRIVER: ignoreUnless(["local"], OWN_RATES),
  SHUTDOWN_GRACE_PERIOD: copyTo("REALTIME_CLOSE_GRACE_SECONDS", milliseconds),
  SSL_CERT: copyTo("REALTIME_TLS_CERT"),
  SSL_KEY: copyTo("REALTIME_TLS_KEY"),
  SSL_PASS: copyTo("REALTIME_TLS_PASSPHRASE"),
  SSL_CA: ignore("certificates of clients are not asked for; put the chain into the certificate's file"),
  USER_AUTHENTICATION_TIMEOUT: ignore("nobody has to sign in"),
  WEBHOOKS_BATCHING: ignoreUnless(["1", "true"], "webhooks are always batched"),
  WEBHOOKS_BATCHING_DURATION: ignore("webhooks have a batching time of their own"),
};

/** Reads `SOKETI_*`. A variable without effect here gets a warning that has its name alone. */
export function readSoketi(source: Environment): SoketiSettings {
  const draft: Draft = { variables: {}, app: {}, limits: {}, problems: [] };
  const warnings: string[] = [];
  const given = new Map<string, string>();
  for (const [name, value] of Object.entries(source)) {
    if (name.startsWith(PREFIX) && value !== undefined && value !== "") given.set(name.slice(PREFIX.length), value);
  }
  for (const [name, value] of given) {
    const rule = RULES[name];
    const why = rule === undefined ? reasonOfFamily(name) : rule(value, draft, `${PREFIX}${name}`);
    if (why !== undefined) warnings.push(`${PREFIX}${name} is not used: ${why}`);
  }
  readMetrics(given, draft);
  readRedis(given, draft, warnings);
  // Soketi's default app may not send client events unless a setting allows it, so a move to this server gives clients no new right.
  if (given.has("DEFAULT_APP_KEY")) draft.app.clientEvents ??= false;
  if (Object.keys(draft.limits).length > 0) draft.app.limits = draft.limits;
  return {
    variables: draft.variables,
    app: draft.app,
    appsDatabase: readPostgres(given, warnings),
    warnings: warnings.sort(),
    problems: draft.problems,
  };
}

const reasonOfFamily = (name: string): string =>
  FAMILIES.find(({ names }) => names.test(name))?.reason ?? "no such setting is known";

function readMetrics(given: ReadonlyMap<string, string>, { variables }: Draft): void {
  const port = given.get("METRICS_SERVER_PORT");
  // The port alone asks for it too. A "no" stays one, whatever the port: the address is open to every machine.
  const isEnabled = flag(given.get("METRICS_ENABLED") ?? String(port !== undefined));
  if (!isEnabled) return;
  variables.REALTIME_METRICS_PORT = port ?? DEFAULT_METRICS_PORT;
  variables.REALTIME_METRICS_HOST = given.get("METRICS_HOST") ?? "0.0.0.0";
}

function readRedis(given: ReadonlyMap<string, string>, { variables }: Draft, warnings: string[]): void {
  const names = ["HOST", "PORT", "DB", "USERNAME", "PASSWORD"].map((name) => `DB_REDIS_${name}`);
  if (given.get("ADAPTER_DRIVER")?.toLowerCase() !== "redis") {
    const unused = names.filter((name) => given.has(name));
    for (const name of unused) warnings.push(`${PREFIX}${name} is not used: SOKETI_ADAPTER_DRIVER is not redis`);
    return;
  }
  const url = new URL("redis://127.0.0.1:6379");
  url.hostname = given.get("DB_REDIS_HOST") ?? "127.0.0.1";
  url.port = given.get("DB_REDIS_PORT") ?? "6379";
  url.username = encodeURIComponent(given.get("DB_REDIS_USERNAME") ?? "");
  url.password = encodeURIComponent(given.get("DB_REDIS_PASSWORD") ?? "");
  const database = given.get("DB_REDIS_DB");
  if (database !== undefined) url.pathname = `/${database}`;
  variables.REDIS_URL = url.href;
}

function readPostgres(given: ReadonlyMap<string, string>, warnings: string[]): AppsDatabase | undefined {
  if (given.get("APP_MANAGER_DRIVER")?.toLowerCase() !== "postgres") {
    const unused = [...given.keys()].filter((name) => /^(DB_POSTGRES_|APP_MANAGER_POSTGRES_TABLE$)/.test(name));
    for (const name of unused) warnings.push(`${PREFIX}${name} is not used: SOKETI_APP_MANAGER_DRIVER is not postgres`);
    return undefined;
  }
  const url = new URL("postgresql://localhost");
  url.hostname = given.get("DB_POSTGRES_HOST") ?? "127.0.0.1";
  url.port = given.get("DB_POSTGRES_PORT") ?? "5432";
  url.username = encodeURIComponent(given.get("DB_POSTGRES_USERNAME") ?? "postgres");
  url.password = encodeURIComponent(given.get("DB_POSTGRES_PASSWORD") ?? "password");
  url.pathname = `/${encodeURIComponent(given.get("DB_POSTGRES_DATABASE") ?? "main")}`;
  return { url: url.href, table: given.get("APP_MANAGER_POSTGRES_TABLE") ?? "apps", pollSeconds: 10 };
}
