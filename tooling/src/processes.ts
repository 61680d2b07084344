import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PORTALS, type Portal } from "@mgs/core/portals";
import { environmentOf, type Resources } from "./environment";
import { ROOT } from "./paths";
import { type Settings, usesMailbox } from "./settings";
import { baseEnvironment, type Service } from "./supervisor/service";

const require = createRequire(import.meta.url);

/** The product's own processes and, when nothing else takes the mail, the mailbox. */
export function productServices(settings: Settings, resources: Resources): Service[] {
  return [
    ...(usesMailbox(settings) ? [mailbox(settings)] : []),
    ...(settings.foreignRealtime ? [] : [backend("realtime-server", settings, resources)]),
    backend("worker", settings, resources),
    ...PORTALS.map((portal) => portalService(portal, settings, resources)),
  ];
}

/** True when a GET is answered with 2xx; a process that is still starting refuses the connection. */
export async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: "manual" });
  await response.body?.cancel();
  return response.ok;
}

function portalService(portal: Portal, settings: Settings, resources: Resources): Service {
  const port = settings.ports[portal];
  const command = resources.mode === "production" ? "start" : "dev";
  const host = settings.env.PORTAL_HOST;
  const where = ["--port", String(port), ...(host === undefined ? [] : ["--hostname", host])];
  return {
    name: portal,
    command: process.execPath,
    args: [join(ROOT, "node_modules/next/dist/bin/next"), command, ...where],
    cwd: join(ROOT, "apps", portal),
    env: environmentOf(portal, settings, resources),
    tier: "process",
    ready: () => answers(`http://${reachedAt(host)}:${port}/health/ready`),
    readyTimeout: 120_000,
  };
}

function backend(name: "worker" | "realtime-server", settings: Settings, resources: Resources): Service {
  const port = name === "worker" ? settings.ports.worker : settings.ports.realtime;
  const host = settings.source[name === "worker" ? "WORKER_HOST" : "REALTIME_HOST"];
  const args =
    resources.mode === "production" ? ["--enable-source-maps", "dist/main.js"] : [tsx(), "watch", "src/main.ts"];
  return {
    name,
    command: process.execPath,
    args,
    cwd: join(ROOT, "packages", name),
    env: environmentOf(name, settings, resources),
    tier: "process",
    ready: () => answers(`http://${reachedAt(host)}:${port}/health/ready`),
  };
}

/** Where this machine reaches what listens on an interface, as a URL's host; all interfaces when unset. */
function reachedAt(host: string | undefined): string {
  if (host === undefined || host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

function mailbox({ dataDir, ports, source }: Settings): Service {
  const folder = join(dataDir, "mailbox");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    name: "mailbox",
    command: process.execPath,
    args: [
      join(ROOT, "node_modules/maildev/bin/maildev"),
      ...["--ip", "127.0.0.1", "--smtp", String(ports.smtp), "--web", String(ports.mailbox)],
      ...["--mail-directory", folder],
      // It would log every subject, and a subject is what somebody wrote.
      "--silent",
    ],
    cwd: folder,
    env: baseEnvironment(source),
    tier: "process",
    ready: () => answers(`http://127.0.0.1:${ports.mailbox}/healthz`),
  };
}

function tsx(): string {
  return require.resolve("tsx/cli");
}
