import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { limitVariables } from "../env";
import { defaultLimits } from "../limits";
import { temporaryFolder } from "../testing/temporary-folder";
import { parseCommandLine } from "./command-line";
import { describeSettings } from "./describe-settings";
import { limitFields, limitVariable, toLimits } from "./limit-fields";
import { readSettings } from "./settings";
import type { SettingsError } from "./settings-error";

const APP = { PUSHER_APP_ID: "mgs", PUSHER_APP_KEY: "the-key", PUSHER_APP_SECRET: "the-secret" };

function file(content: unknown): string {
  const path = join(temporaryFolder(), "realtime.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

function problemsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    return (error as SettingsError).problems;
  }
  return [];
}

it("three variables are enough", () => {
  const settings = readSettings(APP);
  expect(settings).toMatchObject({
    port: 6001,
    host: undefined,
    metrics: undefined,
    limits: defaultLimits,
    tls: undefined,
    trustedProxies: [],
    debug: false,
    warnings: [],
    apps: [{ id: "mgs", keys: [{ key: "the-key", secret: "the-secret" }] }],
  });
});

it("every limit has a variable, in seconds where it is a time", () => {
  expect(Object.keys(limitVariables).sort()).toEqual(Object.keys(limitFields).map(limitVariable).sort());
  const written = Object.fromEntries(Object.keys(limitFields).map((name, index) => [name, index + 1]));
  const variables = Object.entries(written).map(([name, value]) => [limitVariable(name), String(value)]);
  expect(readSettings({ ...APP, ...Object.fromEntries(variables) }).limits).toEqual(toLimits(written));
  expect(Object.keys(toLimits(written)).sort()).toEqual(Object.keys(defaultLimits).sort());
  expect(toLimits({ drainDelaySeconds: 1.5 })).toEqual({ drainDelayMs: 1_500 });
});

it("MAX_CLIENTS is honoured, and REALTIME_MAX_CONNECTIONS wins over it", () => {
  expect(readSettings({ ...APP, MAX_CLIENTS: "50" }).limits.maxConnections).toBe(50);
  const both = { ...APP, MAX_CLIENTS: "50", REALTIME_MAX_CONNECTIONS: "60" };
  expect(readSettings(both).limits.maxConnections).toBe(60);
});

it("a variable wins over the file, and an empty one is none", () => {
  const path = file({ port: 7000, host: "127.0.0.1", limits: { maxWatchlist: 7, maxConnections: 8 } });
  const settings = readSettings({
    ...APP,
    REALTIME_CONFIG: path,
    REALTIME_PORT: "7001",
    REALTIME_HOST: "",
    MAX_CLIENTS: "9",
  });
  expect(settings).toMatchObject({ port: 7001, host: "127.0.0.1", limits: { maxWatchlist: 7, maxConnections: 9 } });
  expect(readSettings({ ...APP, REALTIME_CONFIG: "/nowhere" }, path).port).toBe(7000);
});

it("Redis and Laravel are asked for by variable or file, and no password is shown", () => {
  expect(readSettings(APP)).toMatchObject({ redis: undefined, laravel: undefined });
  const url = "redis+sentinel://me:hush@a,b/master?sentinelPassword=hush2";
  const settings = readSettings({ ...APP, REDIS_URL: "redis://other", REALTIME_REDIS_URL: url });
  expect(settings.redis).toEqual({ url, prefix: "mgs:rt:" });
  expect(settings.laravel).toBeUndefined();
  const shown = JSON.stringify(describeSettings({ ...settings, laravel: { url, prefix: "", appId: "mgs" } }));
  expect(shown).toContain("redis+sentinel://[hidden]@a,b/master");
  expect(shown).not.toContain("hush");

  const path = file({ redis: { url: "redis://r", prefix: "p:" }, laravel: {} });
  expect(readSettings(APP, path)).toMatchObject({
    redis: { url: "redis://r", prefix: "p:" },
    laravel: { url: "redis://r", prefix: "laravel_database_", appId: "mgs" },
  });
  expect(readSettings({ ...APP, REALTIME_LARAVEL_REDIS_PREFIX: "none" }, path).laravel?.prefix).toBe("");
  expect(problemsOf(() => readSettings({ ...APP, REALTIME_LARAVEL_REDIS_PREFIX: "x" }))).toEqual([
    "REALTIME_LARAVEL_REDIS_URL: is required where REDIS_URL is not set",
  ]);
  const [problem = ""] = problemsOf(() => readSettings({ ...APP, REDIS_URL: "redis://:hush@a/b/c" }));
  expect(problem).toMatch(/^REDIS_URL: /);
  expect(problem).not.toContain("hush");
});

it("apps of the file stand beside the environment's, or alone", () => {
  const list = [{ id: "other", keys: [{ key: "k", secret: "s" }], limits: { maxEventBytes: 100 } }];
  const path = file({ apps: { list } });
  expect(readSettings({}, path).apps.map(({ id }) => id)).toEqual(["other"]);
  expect(readSettings(APP, path).apps.map(({ id }) => id)).toEqual(["mgs", "other"]);
});

it("the environment's app has its rights from variables", () => {
  const variables = {
    ...APP,
    REALTIME_ALLOWED_ORIGINS: "https://a.example, https://*.b.example",
    REALTIME_CLIENT_EVENTS: "false",
    REALTIME_TLS_ONLY: "1",
  };
  expect(readSettings(variables).apps[0]).toMatchObject({
    allowedOrigins: ["https://a.example", "https://*.b.example"],
    clientEvents: false,
    tlsOnly: true,
  });
});

describe("what is wrong", () => {
  it("is one list of file and environment, without values", () => {
    const path = file({
      prot: 1,
      limits: { maxConnections: -1, maxClowns: 1 },
      trustedProxies: ["10.0.0.0/99"],
      apps: {
        list: [
          { id: "a", keys: [], allowedOrigins: ["a.example"], webhooks: [{ url: "ftp://x", events: ["all"] }] },
          { id: "a", keys: [{ key: "k", secret: "hush-hush" }], tlsOnli: true },
        ],
      },
    });
    const problems = problemsOf(() =>
      readSettings({ PUSHER_APP_ID: "mgs", REALTIME_PORT: "99999", LOG_LEVEL: "loud", REALTIME_TLS_CERT: "/c" }, path),
    );
    const text = problems.join("\n");
    for (const name of [
      "REALTIME_PORT",
      "LOG_LEVEL",
      "REALTIME_TLS_KEY",
      "PUSHER_APP_KEY",
      "PUSHER_APP_SECRET",
      '"prot"',
      "limits.maxConnections",
      '"maxClowns"',
      "trustedProxies.0",
      "apps.list.0.keys",
      "apps.list.0.allowedOrigins.0",
      "apps.list.0.webhooks.0.url",
      "apps.list.0.webhooks.0.events.0",
      '"tlsOnli"',
    ]) {
      expect(text).toContain(name);
    }
    expect(text).not.toMatch(/hush-hush|99999|loud/);
  });

  it.each(["https://u:hush-hush@x.example/", "https://u:1#hush-hush@x.example/"])(
    "the address of a webhook with credentials, which no request can be made to, is one: %s",
    (url) => {
      const apps = { list: [{ id: "a", keys: [{ key: "k", secret: "s" }], webhooks: [{ url }] }] };
      const problems = problemsOf(() => readSettings({}, file({ apps })));
      expect(problems.join("\n")).toMatch(/apps\.list\.0\.webhooks\.0\.url.*headers/);
      expect(problems.join("\n")).not.toContain("hush-hush");
    },
  );

  it.each([
    ["no JSON", '{ "apps": "hush-hush" ', /is no JSON/],
    ["no object", "[]", /file: Invalid input/],
  ])("%s", (_name, text, expected) => {
    const [problem = "", ...others] = problemsOf(() => readSettings(APP, file(text)));
    expect(problem).toMatch(expected);
    expect(problem).not.toContain("hush");
    expect(others).toEqual([]);
  });

  it("a file that is not there", () => {
    expect(problemsOf(() => readSettings(APP, "/nowhere.json"))).toEqual(["/nowhere.json: cannot be read (ENOENT)"]);
  });

  it("two apps with one id or one key", () => {
    const list = [
      { id: "mgs", keys: [{ key: "k", secret: "s" }] },
      { id: "b", keys: [{ key: "the-key", secret: "s" }] },
    ];
    expect(problemsOf(() => readSettings(APP, file({ apps: { list } })))).toEqual([
      "apps: two have the id mgs",
      "apps: two have the key the-key",
    ]);
  });

  it("no app at all", () => {
    expect(problemsOf(() => readSettings({}))).toHaveLength(3);
  });
});

it("printed settings have no secret", () => {
  const path = file({
    metrics: { port: 9601, token: "hush-token-hush-token" },
    tls: { cert: "/c", key: "/k", passphrase: "hush-passphrase" },
    apps: {
      list: [
        {
          id: "b",
          keys: [{ key: "b-key", secret: "hush-secret" }],
          webhooks: [{ url: "https://a.example/?k=hush-query", headers: { "x-auth": "hush-header" } }],
        },
      ],
      database: { url: "postgresql://u:hush-database@db/apps" },
    },
  });
  const text = JSON.stringify(
    describeSettings(readSettings({ ...APP, SENTRY_DSN: "https://hush@sentry.example/1" }, path)),
  );
  expect(text).not.toMatch(/hush|the-secret/);
  expect(text).toContain("b-key");
  expect(text).toContain('"maxConnections":100000');
});

it("the arguments", () => {
  expect(parseCommandLine([])).toEqual({ kind: "run", configFile: undefined });
  expect(parseCommandLine(["start", "--config=/c.json"])).toEqual({ kind: "run", configFile: "/c.json" });
  expect(parseCommandLine(["--config", "/c.json", "--check"])).toEqual({ kind: "check", configFile: "/c.json" });
  expect(parseCommandLine(["--help"]).kind).toBe("help");
  expect(parseCommandLine(["--version"]).kind).toBe("version");
  expect(() => parseCommandLine(["stop"])).toThrow("Unknown command 'stop'");
  expect(() => parseCommandLine(["--confg", "x"])).toThrow("--confg");
});

it("the documentation's file is a file", () => {
  const page = readFileSync(new URL("../../../../docs/realtime-server.md", import.meta.url), "utf8");
  const example = /```json\n(\{\n {2}"port"[\s\S]*?)\n```/.exec(page)?.[1] ?? "";
  expect(readSettings({}, file(example)).apps.length).toBeGreaterThan(1);
});

it("the documentation names every variable and every limit, with its default", () => {
  const page = readFileSync(new URL("../../../../docs/realtime-server.md", import.meta.url), "utf8");
  const source = readFileSync(new URL("../env.ts", import.meta.url), "utf8");
  const names = [...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = ""]) => name);
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  for (const [name, milliseconds] of Object.entries(defaultLimits)) {
    const written = name.endsWith("Ms") ? `${name.slice(0, -2)}Seconds` : name;
    const value = name.endsWith("Ms") ? milliseconds / 1_000 : milliseconds;
    expect(page).toMatch(new RegExp(`\\| \`${written}\`\\s*\\|[^|]*\\| ${value}\\s*\\|`));
  }
});
