import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder";
import { parseCommandLine } from "./command-line";
import { describeSettings } from "./describe-settings";
import { readSettings } from "./settings";
import type { SettingsError } from "./settings-error";

const KEY = "e0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5";
/** What `laravel-echo-server init` writes. */
const WRITTEN = {
  authHost: "https://app.example.com",
  authEndpoint: "/broadcasting/auth",
  clients: [{ appId: "a1b2c3d4e5f60718", key: KEY }],
  database: "redis",
  databaseConfig: { redis: {}, sqlite: { databasePath: "/database/laravel-echo-server.sqlite" } },
  devMode: false,
  host: null,
  port: "6001",
  protocol: "http",
  socketio: {},
  secureOptions: 67108864,
  sslCertPath: "",
  sslKeyPath: "",
  sslCertChainPath: "",
  sslPassphrase: "",
  subscribers: { http: true, redis: true },
  apiOriginAllow: { allowCors: false, allowOrigin: "", allowMethods: "", allowHeaders: "" },
};

function writeEchoFile(content: object): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "laravel-echo-server.json"), JSON.stringify(content));
  return folder;
}

const settingsOf = (content: object, environment: Record<string, string> = {}) =>
  readSettings(environment, join(writeEchoFile(content), "laravel-echo-server.json"));

it("reads the file that laravel-echo-server writes, without a warning", () => {
  expect(settingsOf(WRITTEN)).toMatchObject({
    port: 6001,
    host: undefined,
    debug: false,
    tls: undefined,
    warnings: [],
    apps: [{ id: "a1b2c3d4e5f60718", keys: [{ key: "a1b2c3d4e5f60718" }] }],
    socketIo: {
      appId: "a1b2c3d4e5f60718",
      httpKey: KEY,
      authorization: { hosts: ["https://app.example.com"], endpoint: "/broadcasting/auth" },
    },
    laravel: { url: "redis://127.0.0.1:6379", prefix: "", appId: "a1b2c3d4e5f60718" },
  });
});

it("`start` finds it in its folder, as laravel-echo-server does, and another command does not", () => {
  const folder = writeEchoFile(WRITTEN);
  const path = join(folder, "laravel-echo-server.json");
  expect(parseCommandLine(["start"], folder)).toEqual({ kind: "run", configFile: path });
  expect(parseCommandLine(["start", `--dir=${folder}`], "/")).toEqual({ kind: "run", configFile: path });
  expect(parseCommandLine([], folder).configFile).toBeUndefined();
  expect(parseCommandLine(["start"], folder, { REALTIME_CONFIG: "own.json" }).configFile).toBeUndefined();
  expect(parseCommandLine(["start"], folder, { REALTIME_CONFIG: "" }).configFile).toBe(path);
  expect(parseCommandLine(["start", "--config=other.json"], folder).configFile).toBe("other.json");
});

it("uses each setting that has a meaning here", () => {
  const settings = settingsOf({
    ...WRITTEN,
    ...{ authHost: ["https://a.example", ".b.example"], authEndpoint: "/auth", devMode: true, host: "127.0.0.1" },
    ...{
      port: 6002,
      protocol: "https",
      sslCertPath: "/tls/cert.pem",
      sslKeyPath: "/tls/key.pem",
      sslPassphrase: "open",
    },
    databaseConfig: { redis: { host: "redis", port: 6380, password: "p@ss", db: 2, keyPrefix: "laravel_database_" } },
    socketio: { path: "/live", pingInterval: 10_000, pingTimeout: 5_000 },
    subscribers: { http: false, redis: true },
  });
  expect(settings).toMatchObject({
    ...{ port: 6002, host: "127.0.0.1", debug: true, warnings: [] },
    tls: { cert: "/tls/cert.pem", key: "/tls/key.pem", passphrase: "open" },
    socketIo: {
      authorization: { hosts: ["https://a.example", ".b.example"], endpoint: "/auth" },
      ...{ httpKey: undefined, path: "/live", pingIntervalMs: 10_000, pingTimeoutMs: 5_000 },
    },
    laravel: { url: "redis://:p%40ss@redis:6380/2", prefix: "laravel_database_" },
  });
});

it("asks its own host where none is named, and has an app where no client is", () => {
  const { authHost: _, clients: __, ...rest } = WRITTEN;
  const settings = settingsOf({ ...rest, subscribers: { http: true, redis: false } });
  expect(settings.socketIo).toMatchObject({ authorization: { hosts: ["http://localhost"] }, httpKey: undefined });
  expect(settings.apps).toHaveLength(1);
  expect(settings.laravel).toBeUndefined();
});

it("takes the app of the environment, whose secret clients of Pusher need", () => {
  const app = { PUSHER_APP_ID: "a1b2c3d4e5f60718", PUSHER_APP_KEY: "pusher-key", PUSHER_APP_SECRET: "pusher-secret" };
  expect(settingsOf(WRITTEN, app).apps).toMatchObject([{ keys: [{ key: "pusher-key", secret: "pusher-secret" }] }]);
});

it("lets the variables of laravel-echo-server override its file", () => {
  const settings = settingsOf(WRITTEN, {
    ...{ LARAVEL_ECHO_SERVER_AUTH_HOST: "https://other.example", LARAVEL_ECHO_SERVER_PORT: "6010" },
    ...{ LARAVEL_ECHO_SERVER_DEBUG: "true", LARAVEL_ECHO_SERVER_REDIS_HOST: "redis" },
  });
  expect(settings).toMatchObject({
    ...{ port: 6010, debug: true, laravel: { url: "redis://redis:6379" } },
    socketIo: { authorization: { hosts: ["https://other.example"] } },
  });
});

describe("names what has no effect, and no value", () => {
  it.each<[string, object]>([
    ["colour", { colour: "secret-value" }],
    ["database", { database: "sqlite" }],
    ["databaseConfig.publishPresence", { databaseConfig: { publishPresence: true } }],
    ["databaseConfig.redis.family", { databaseConfig: { redis: { family: "secret-value" } } }],
    ["databaseConfig.mongo", { databaseConfig: { mongo: {} } }],
    ["subscribers.kafka", { subscribers: { http: true, redis: true, kafka: true } }],
    ["socketio.cookie", { socketio: { cookie: "secret-value" } }],
    ["sslCertChainPath", { sslCertChainPath: "secret-value" }],
    ["secureOptions", { secureOptions: 1 }],
    ["apiOriginAllow", { apiOriginAllow: { allowCors: true } }],
    ["clients", { clients: [...WRITTEN.clients, { appId: "other", key: "secret-value" }] }],
  ])("%s", (name, change) => {
    const { warnings } = settingsOf({ ...WRITTEN, ...change });
    expect(warnings).toEqual([
      expect.stringMatching(new RegExp(`^${name.replaceAll(".", "\\.")} is (not used|used in part)`)),
    ]);
    expect(warnings.join()).not.toContain("secret-value");
  });
});

it("tells what cannot be, and shows no key", () => {
  expect(() => settingsOf({ ...WRITTEN, authHost: "ftp://x" })).toThrow();
  try {
    settingsOf({ ...WRITTEN, port: "many", clients: [{ appId: "a", key: "short" }] });
  } catch (error) {
    const named = ["port", "socketIo.httpKey"].map((name) => expect.stringContaining(`: ${name}: `));
    expect((error as SettingsError).problems).toEqual(expect.arrayContaining(named));
    expect(JSON.stringify(error)).not.toContain("short");
  }
  expect(JSON.stringify(describeSettings(settingsOf(WRITTEN)))).not.toContain(KEY);
});

it("serves Socket.IO by variables alone", () => {
  const app = { PUSHER_APP_ID: "mgs", PUSHER_APP_KEY: "k", PUSHER_APP_SECRET: "s" };
  const socketIo = { REALTIME_SOCKET_IO: "1", REALTIME_SOCKET_IO_AUTH_HOST: "https://a.example, .b.example" };
  expect(readSettings({ ...app, ...socketIo }).socketIo).toMatchObject({
    ...{ appId: "mgs", httpKey: undefined },
    authorization: { hosts: ["https://a.example", ".b.example"], endpoint: "/broadcasting/auth" },
  });
  expect(readSettings(app).socketIo).toBeUndefined();
  expect(() => readSettings({ ...app, REALTIME_SOCKET_IO: "1" })).toThrow("REALTIME_SOCKET_IO_AUTH_HOST");
});
