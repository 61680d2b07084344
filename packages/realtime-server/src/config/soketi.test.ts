import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSettings } from "./settings";
import { readSoketi } from "./soketi";

const APP = {
  SOKETI_DEFAULT_APP_ID: "app-id",
  SOKETI_DEFAULT_APP_KEY: "app-key",
  SOKETI_DEFAULT_APP_SECRET: "app-secret",
};

it("the default app's credentials are enough; as in Soketi, its clients send no events", () => {
  const settings = readSettings(APP);
  expect(settings.apps).toMatchObject([
    { id: "app-id", keys: [{ key: "app-key", secret: "app-secret" }], clientEvents: false },
  ]);
  expect(settings.warnings).toEqual([]);
});

it("our own name wins", () => {
  const settings = readSettings({ ...APP, SOKETI_PORT: "7000", REALTIME_PORT: "7001", REALTIME_CLIENT_EVENTS: "true" });
  expect(settings.port).toBe(7001);
  expect(settings.apps[0]?.clientEvents).toBe(true);
});

describe("means the same", () => {
  it.each<[Record<string, string>, object]>([
    [
      { SOKETI_PORT: "7000", SOKETI_HOST: "127.0.0.1" },
      { port: 7000, host: "127.0.0.1" },
    ],
    [{ SOKETI_DEBUG: "1" }, { debug: true }],
    [{ SOKETI_DEBUG: "0" }, { debug: false }],
    [{ SOKETI_METRICS_ENABLED: "1" }, { metrics: { host: "0.0.0.0", port: 9601 } }],
    [{ SOKETI_METRICS_ENABLED: "true", SOKETI_METRICS_SERVER_PORT: "9" }, { metrics: { host: "0.0.0.0", port: 9 } }],
    [
      { SOKETI_METRICS_SERVER_PORT: "9", SOKETI_METRICS_HOST: "127.0.0.1" },
      { metrics: { host: "127.0.0.1", port: 9 } },
    ],
    [{ SOKETI_METRICS_ENABLED: "false" }, { metrics: undefined }],
    [{ SOKETI_METRICS_ENABLED: "0", SOKETI_METRICS_SERVER_PORT: "9601" }, { metrics: undefined }],
    [{ SOKETI_DEFAULT_APP_ENABLE_CLIENT_MESSAGES: "true" }, { apps: [{ clientEvents: true }] }],
    [{ SOKETI_DEFAULT_APP_ENABLED: "false" }, { apps: [{ enabled: false }] }],
    [{ SOKETI_DEFAULT_APP_MAX_CONNS: "5" }, { apps: [{ limits: { maxAppConnections: 5 } }] }],
    [{ SOKETI_DEFAULT_APP_MAX_CONNECTIONS: "5" }, { apps: [{ limits: { maxAppConnections: 5 } }] }],
    [
      { SOKETI_DEFAULT_APP_MAX_CLIENT_EVENTS_PER_SEC: "-1" },
      { apps: [{ limits: { maxClientEventsPerSecond: Number.MAX_SAFE_INTEGER } }] },
    ],
    [{ SOKETI_EVENT_MAX_SIZE_IN_KB: "100" }, { limits: { maxEventBytes: 102_400 } }],
    [{ SOKETI_EVENT_MAX_BATCH_SIZE: "20" }, { limits: { maxEventsPerBatch: 20 } }],
    [{ SOKETI_EVENT_MAX_CHANNELS_AT_ONCE: "20" }, { limits: { maxChannelsPerEvent: 20 } }],
    [{ SOKETI_EVENT_MAX_NAME_LENGTH: "20" }, { limits: { maxEventNameLength: 20 } }],
    [
      { SOKETI_PRESENCE_MAX_MEMBERS: "500", SOKETI_PRESENCE_MAX_MEMBER_SIZE: "0.5" },
      { limits: { maxPresenceMembers: 500, maxMemberBytes: 512 } },
    ],
    [
      { SOKETI_SSL_CERT: "/c", SOKETI_SSL_KEY: "/k", SOKETI_SSL_PASS: "p" },
      { tls: { cert: "/c", key: "/k", passphrase: "p" } },
    ],
    [{ SOKETI_SHUTDOWN_GRACE_PERIOD: "4000" }, { limits: { closeGraceMs: 4_000 } }],
    [{ SOKETI_ADAPTER_DRIVER: "local", SOKETI_APP_MANAGER_DRIVER: "array", SOKETI_QUEUE_DRIVER: "sync" }, {}],
    [{ SOKETI_DEFAULT_APP_USER_AUTHENTICATION: "true", SOKETI_WEBHOOKS_BATCHING: "1", SOKETI_MODE: "full" }, {}],
    [
      {
        SOKETI_ADAPTER_DRIVER: "redis",
        SOKETI_DB_REDIS_HOST: "cache",
        SOKETI_DB_REDIS_PORT: "6380",
        SOKETI_DB_REDIS_DB: "2",
        SOKETI_DB_REDIS_PASSWORD: "p:/w",
      },
      { redis: { url: "redis://:p%3A%2Fw@cache:6380/2" } },
    ],
    [{ SOKETI_ADAPTER_DRIVER: "redis" }, { redis: { url: "redis://127.0.0.1:6379" } }],
    [
      {
        SOKETI_APP_MANAGER_DRIVER: "postgres",
        SOKETI_APP_MANAGER_POSTGRES_TABLE: "soketi_apps",
        SOKETI_DB_POSTGRES_HOST: "db",
        SOKETI_DB_POSTGRES_USERNAME: "u@x",
        SOKETI_DB_POSTGRES_PASSWORD: "p:/w",
        SOKETI_DB_POSTGRES_DATABASE: "apps",
      },
      { appsDatabase: { url: "postgresql://u%40x:p%3A%2Fw@db:5432/apps", table: "soketi_apps" } },
    ],
  ])("%j", (variables, expected) => {
    const settings = readSettings({ ...APP, ...variables });
    expect(settings).toMatchObject(expected);
    expect(settings.warnings).toEqual([]);
  });

  it("webhooks of the default app", () => {
    const webhooks = [
      {
        url: "https://a.example/hook",
        event_types: ["channel_occupied", "cache_missed"],
        headers: { "x-a": "b" },
        filter: { channel_name_starts_with: "private-" },
      },
    ];
    const settings = readSettings({ ...APP, SOKETI_DEFAULT_APP_WEBHOOKS: JSON.stringify(webhooks) });
    expect(settings.warnings).toEqual([]);
    expect(settings.apps[0]?.webhooks).toEqual([
      {
        url: "https://a.example/hook",
        events: ["channel_occupied", "cache_miss"],
        headers: { "x-a": "b" },
        channelPrefix: "private-",
      },
    ]);
  });
});

describe("is named in a warning when it has no effect here", () => {
  it.each([
    ["SOKETI_ADAPTER_DRIVER", "nats"],
    ["SOKETI_ADAPTER_NATS_SERVERS", "hush"],
    ["SOKETI_APP_MANAGER_DRIVER", "dynamodb"],
    ["SOKETI_APP_MANAGER_MYSQL_TABLE", "hush"],
    ["SOKETI_CHANNEL_LIMITS_MAX_NAME_LENGTH", "300"],
    ["SOKETI_CLUSTER_PORT", "11002"],
    ["SOKETI_DB_MYSQL_PASSWORD", "hush"],
    ["SOKETI_DB_POSTGRES_PASSWORD", "hush"],
    ["SOKETI_DB_REDIS_PASSWORD", "hush"],
    ["SOKETI_METRICS_PROMETHEUS_PREFIX", "soketi_"],
    ["SOKETI_PATH_PREFIX", "/ws"],
    ["SOKETI_QUEUE_SQS_URL", "hush"],
    ["SOKETI_RATE_LIMITER_DRIVER", "redis"],
    ["SOKETI_SSL_CA", "/ca"],
    ["SOKETI_NEVER_HEARD_OF", "hush"],
  ])("%s=%s", (name, value) => {
    const { warnings } = readSettings({ ...APP, [name]: value });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(new RegExp(`^${name} is not used: .`));
    expect(warnings[0]).not.toContain("hush");
  });

  it("parts of webhooks", () => {
    const webhooks = [{ url: "https://a.example", event_types: ["channel_occupied"], lambda_function: "f" }];
    const { warnings } = readSettings({ ...APP, SOKETI_DEFAULT_APP_WEBHOOKS: JSON.stringify(webhooks) });
    expect(warnings).toEqual([expect.stringContaining("lambda_function of a webhook")]);
  });
});

it.each([
  ["SOKETI_DEFAULT_APP_WEBHOOKS", "{"],
  ["SOKETI_DEFAULT_APP_WEBHOOKS", '[{"url":"hush"}]'],
  ["SOKETI_DEFAULT_APP_MAX_CONNS", "many"],
])("%s=%s is a problem", (name, value) => {
  expect(() => readSettings({ ...APP, [name]: value })).toThrow(name);
});

it("the guide's table says what happens", () => {
  const page = readFileSync(new URL("../../../../docs/migrating-from-soketi.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\| `(SOKETI_\w+)` \| (same|not used|not needed)/gm)];
  expect(rows.length).toBeGreaterThan(50);
  const wrong = rows.flatMap(([, name = "", says = ""]) => {
    const { warnings, problems } = readSoketi({ [name]: name.endsWith("WEBHOOKS") ? "[]" : "1" });
    const isUsed = !warnings.some((warning) => warning.startsWith(`${name} is not used`));
    const isKnown = !warnings.some((warning) => warning.endsWith("no such setting is known"));
    const isRight = problems.length === 0 && isKnown && (says !== "not used" || !isUsed);
    // Drivers and what needs one are used with some values alone.
    const isConditional = /DRIVER$|POSTGRES|REDIS_HOST/.test(name);
    return isRight && (says !== "same" || isUsed || isConditional) ? [] : [name];
  });
  expect(wrong).toEqual([]);
});
