import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { postgresUrl } from "../services/postgres-url";
import { type Instance, readInstance } from "../supervisor/instance-file";
import { createBaseEnvironment, spawnEnvironment } from "../supervisor/service";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Processes by the names they have in logs. */
export type InstanceProcess =
  | "administration"
  | "commercial"
  | "gestion-dossier"
  | "worker"
  | "realtime-server"
  | "mailbox"
  | "postgres"
  | "redis";

/** A running product for a test. */
export type RunningInstance = {
  dataDir: string;
  urls: { administration: string; commercial: string; "gestion-dossier": string };
  /** Address of maildev's page and API. */
  mailboxUrl: string;
  databaseUrl: string;
  ports: Instance["ports"];
  /** Returns the current process id; throws when the process does not run. */
  pid(name: InstanceProcess): number;
  /** Sends a signal to one process; after SIGKILL the supervisor starts it again, SIGSTOP and SIGCONT pause it. */
  signal(name: InstanceProcess, signal: NodeJS.Signals): void;
};

export type StartOptions = {
  /** First of nine free ports. */
  portBase: number;
  dataDir: string;
  /** Time until it has to be ready, with a build, in milliseconds. Default: 10 minutes. */
  timeout?: number;
  /** Variables besides those every process needs to run. */
  env?: Readonly<Record<string, string>>;
};

/**
 * Runs `npm start`'s program on a data folder and ports of its own, without this checkout's `.env`. It ends with this process.
 * @throws Error with its output when it does not become ready
 */
export async function startInstance({
  portBase,
  dataDir,
  timeout = 600_000,
  env = {},
}: StartOptions): Promise<RunningInstance & { stop(): Promise<void> }> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const child = spawn(
    process.execPath,
    ["--import", "tsx", join(ROOT, "tooling", "src", "start.ts"), "--no-env-file"],
    {
      cwd: ROOT,
      env: spawnEnvironment({
        ...createBaseEnvironment(),
        MGS_PORT_BASE: String(portBase),
        MGS_DATA_DIR: dataDir,
        MGS_NO_INSTALL: "1",
        CI: "true",
        ...env,
      }),
      // The start ends when this channel closes, in whichever way this process ends. It leads a group, so that Ctrl-C reaches it
      // through this process.
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      detached: true,
    },
  );
  const log = createWriteStream(join(dataDir, "start.log"), { flags: "a" });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
      log.write(chunk);
    });
  }
  const ended = once(child, "exit");
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await ended;
    }
    log.end();
  };
  const deadline = Date.now() + timeout;
  // The file of a killed run may still contain "ready".
  const ready = () => {
    const known = readInstance(dataDir);
    return known?.ready === true && known.supervisor.pid === child.pid;
  };
  while (!ready()) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the product did not start:\n${output}`);
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`the product was not ready in ${timeout} ms:\n${output}`);
    }
    await Promise.race([ended, wait(50)]);
  }
  return { ...openInstance(dataDir), stop };
}

/** Opens the product that runs on a data folder. @throws Error when none does */
export function openInstance(dataDir: string): RunningInstance {
  const known = current(dataDir);
  const url = (portal: keyof RunningInstance["urls"]) => known.urls[portal] ?? "";
  const pid = (name: InstanceProcess): number => {
    const record = current(dataDir).processes[name];
    if (!record) throw new Error(`${name} does not run at the moment`);
    return record.pid;
  };
  const { postgresPassword }: { postgresPassword: string } = JSON.parse(
    readFileSync(join(dataDir, "secrets.json"), "utf8"),
  );
  return {
    dataDir,
    urls: {
      administration: url("administration"),
      commercial: url("commercial"),
      "gestion-dossier": url("gestion-dossier"),
    },
    mailboxUrl: `http://localhost:${known.ports.mailbox}`,
    databaseUrl: postgresUrl(known.ports.postgres ?? 0, postgresPassword),
    ports: known.ports,
    pid,
    signal(name, signal) {
      process.kill(pid(name), signal);
    },
  };
}

function current(dataDir: string): Instance {
  const known = readInstance(dataDir);
  if (!known) throw new Error(`no product runs on ${dataDir}`);
  return known;
}
