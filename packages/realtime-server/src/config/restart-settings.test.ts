import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder";
import type { ConfigFile } from "./file-schema";
import { changedUntilRestart } from "./restart-settings";
import { readSettings } from "./settings";

const ENV = { PUSHER_APP_ID: "mgs", PUSHER_APP_KEY: "mgs-key", PUSHER_APP_SECRET: "mgs-secret" };
const app = (id: string) => ({ id, keys: [{ key: `${id}-key`, secret: `${id}-secret` }] });

function changed(before: ConfigFile, after: ConfigFile, env: Record<string, string> = {}): string[] {
  const path = join(temporaryFolder(), "realtime.json");
  const [inForce, written] = [before, after].map((file) => {
    writeFileSync(path, JSON.stringify(file));
    return readSettings({ ...ENV, ...env }, path);
  });
  if (inForce === undefined || written === undefined) throw new Error("nothing was read");
  return changedUntilRestart(inForce, written);
}

it("names every setting of the file but the apps and their table", () => {
  const database = { url: "postgresql://one/apps", table: "apps", pollSeconds: 10 };
  const all: ConfigFile = {
    host: "127.0.0.1",
    port: 7001,
    logLevel: "warn",
    debug: true,
    metrics: { host: "127.0.0.2", port: 9_601, token: "a-token-of-operators" },
    tls: { cert: "/a.crt", key: "/a.key", passphrase: "hush" },
    trustedProxies: ["10.0.0.0/8"],
    redis: { url: "redis://one", prefix: "a:" },
    laravel: { url: "redis://two", prefix: "b:", appId: "mgs" },
    limits: { maxConnections: 5, activityTimeoutSeconds: 60, maxWatchlist: 7 },
    apps: { list: [app("one")], database },
  };
  expect(changed({}, all)).toEqual([
    "apps.database.pollSeconds",
    "debug",
    "host",
    "laravel.appId",
    "laravel.prefix",
    "laravel.url",
    "limits.activityTimeoutSeconds",
    "limits.maxConnections",
    "limits.maxWatchlist",
    "logLevel",
    "metrics.host",
    "metrics.port",
    "metrics.token",
    "port",
    "redis.prefix",
    "redis.url",
    "tls.cert",
    "tls.key",
    "tls.passphrase",
    "trustedProxies",
  ]);
  expect(changed(all, all)).toEqual([]);
});

it("says nothing of apps and of the table that they are read from", () => {
  const at = (host: string, id: string): ConfigFile => ({
    apps: { list: [app(id)], database: { url: `postgresql://${host}/apps`, table: id, pollSeconds: 10 } },
  });
  expect(changed(at("one", "a"), at("two", "b"))).toEqual([]);
});

it("ignores a setting that a variable overrides, and a default that is written down", () => {
  expect(changed({ port: 1 }, { port: 2 }, { REALTIME_PORT: "3" })).toEqual([]);
  expect(changed({}, { port: 6_001, limits: { activityTimeoutSeconds: 120 }, debug: false })).toEqual([]);
});
