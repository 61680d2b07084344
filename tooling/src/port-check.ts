import { findPortHolder, isPortFree } from "./services/ports";
import { type Settings, usesMailbox } from "./settings";

/** Requires that all ports are free. @throws Error that names every busy port and its process, and how to choose others */
export async function requireFreePorts(settings: Settings): Promise<void> {
  const busy: string[] = [];
  for (const [name, port] of listNeededPorts(settings)) {
    if (await isPortFree(port)) continue;
    const { pid, command } = await findPortHolder(port);
    const holder = pid === null ? "another user's process" : `process ${pid} (${command ?? "name unknown"})`;
    busy.push(`  port ${port}, for ${name}, is held by ${holder}`);
  }
  if (busy.length === 0) return;
  throw new Error(
    `Ports are busy:\n${busy.join("\n")}\nEnd their holders, or choose others: MGS_PORT_BASE=4000 npm start takes 4000 to 4008.`,
  );
}

function listNeededPorts(settings: Settings): [string, number][] {
  const { ports, env, ownDatabase, foreignRealtime } = settings;
  return [
    ["Administration", ports.administration],
    ["Commercial", ports.commercial],
    ["Gestion-Dossier", ports["gestion-dossier"]],
    ["the worker's health", ports.worker],
    ...(foreignRealtime ? [] : [["the realtime server", ports.realtime] as [string, number]]),
    ...(usesMailbox(settings)
      ? ([
          ["the mailbox's SMTP", ports.smtp],
          ["the mailbox's page", ports.mailbox],
        ] as [string, number][])
      : []),
    ...(ownDatabase ? [] : [["PostgreSQL", ports.postgres] as [string, number]]),
    ...(env.REDIS_URL ? [] : [["Redis", ports.redis] as [string, number]]),
  ];
}
