import type { Environment } from "@mgs/core/environment";
import { expect, test } from "vitest";
import type { Resources } from "./environment";
import { createProductServices } from "./processes";
import { SECRET_NAMES, type Secrets } from "./secrets";
import { listenOnLoopback, readSettings } from "./settings";

const resources: Resources = {
  databaseUrl: "postgresql://db",
  redisUrl: "redis://r",
  secrets: Object.fromEntries(SECRET_NAMES.map((name) => [name, name])) as Secrets,
  mode: "production",
};
const PORTALS = ["administration", "commercial", "gestion-dossier"];

/** Reads the interface on which each process of a service manager listens. */
function hosts(variables: Environment, behindProxy: boolean) {
  const settings = readSettings({ SMTP_URL: "smtp://mail", ...variables }, null);
  const services = createProductServices(behindProxy ? listenOnLoopback(settings) : settings, resources);
  const hostOf = (name: string) => {
    const { args = [], env = {} } = services.find((one) => one.name === name) ?? {};
    return name === "worker" ? env.WORKER_HOST : args[args.indexOf("--hostname") + 1 || args.length];
  };
  return Object.fromEntries([...PORTALS, "worker"].map((name) => [name, hostOf(name)]));
}

const all = (host: string | undefined) => Object.fromEntries([...PORTALS, "worker"].map((name) => [name, host]));

test("systemd units make portals and the worker listen on the loopback", () => {
  expect(hosts({}, true)).toEqual(all("127.0.0.1"));
});

test("the environment names another interface, for a proxy on another machine", () => {
  const own = { PORTAL_HOST: "10.0.0.5", WORKER_HOST: "10.0.0.5" };
  expect(hosts(own, true)).toEqual(all("10.0.0.5"));
  expect(hosts(own, false)).toEqual(all("10.0.0.5"));
});

test("npm start listens everywhere, as a development server does", () => {
  expect(hosts({}, false)).toEqual(all(undefined));
});
