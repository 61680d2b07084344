import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PORTALS, type Portal } from "@mgs/core/portals";
import { createEnvironment, type Resources } from "./environment";
import { ROOT } from "./paths";
import { type Settings, usesMailbox } from "./settings";
import { createBaseEnvironment, type Service } from "./supervisor/service";

const require = createRequire(import.meta.url);

/** Lists the product's own processes and, without a mail server, the mailbox. */
export function createProductServices(settings: Settings, resources: Resources): Service[] {
  return [
    ...(usesMailbox(settings) ? [createMailboxService(settings)] : []),
    ...(settings.foreignRealtime ? [] : [createBackendService("realtime-server", settings, resources)]),
    createBackendService("worker", settings, resources),
    ...PORTALS.map((portal) => createPortalService(portal, settings, resources)),
  ];
}

/** Tells whether a GET is answered with 2xx; a process that is still starting refuses the connection. */
export async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: "manual" });
  await response.body?.cancel();
  return response.ok;
}

function createPortalService(portal: Portal, settings: Settings, resources: Resources): Service {
  const port = settings.ports[portal];
  const command = resources.mode === "production" ? "start" : "dev";
  const host = settings.env.PORTAL_HOST;
  const where = ["--port", String(port), ...(host === undefined ? [] : ["--hostname", host])];
  return {
    name: portal,
    command: process.execPath,
    args: [join(ROOT, "node_modules/next/dist/bin/next"), command, ...where],
    cwd: join(ROOT, "apps", portal),
    env: createEnvironment(portal, settings, resources),
    tier: "process",
    ready: () => answers(`http://${toReachableHost(host)}:${port}/health/ready`),
    readyTimeout: 120_000,
  };
}

function createBackendService(name: "worker" | "realtime-server", settings: Settings, resources: Resources): Service {
  const port = name === "worker" ? settings.ports.worker : settings.ports.realtime;
  const host = settings.source[name === "worker" ? "WORKER_HOST" : "REALTIME_HOST"];
  const args =
    resources.mode === "production" ? ["--enable-source-maps", "dist/main.js"] : [tsx(), "watch", "src/main.ts"];
  return {
    name,
    command: process.execPath,
    args,
    cwd: join(ROOT, "packages", name),
    env: createEnvironment(name, settings, resources),
    tier: "process",
    ready: () => answers(`http://${toReachableHost(host)}:${port}/health/ready`),
  };
}

/** Turns an interface on which a process listens into a host for URLs; unset means all interfaces. */
function toReachableHost(host: string | undefined): string {
  if (host === undefined || host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

function createMailboxService({ dataDir, ports, source }: Settings): Service {
  const folder = join(dataDir, "mailbox");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    name: "mailbox",
    command: process.execPath,
    args: [
      join(ROOT, "node_modules/maildev/bin/maildev"),
      ...["--ip", "127.0.0.1", "--smtp", String(ports.smtp), "--web", String(ports.mailbox)],
      ...["--mail-directory", folder],
      // It would log every subject, which is a person's text.
      "--silent",
    ],
    cwd: folder,
    env: createBaseEnvironment(source),
    tier: "process",
    ready: () => answers(`http://127.0.0.1:${ports.mailbox}/healthz`),
  };
}

function tsx(): string {
  return require.resolve("tsx/cli");
}
