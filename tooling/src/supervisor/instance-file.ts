import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { endProcess, readProcessIdentity } from "./orphans";

const processRecord = z.object({ pid: z.number(), identity: z.string() });

const instance = z.object({
  supervisor: processRecord,
  processes: z.record(z.string(), processRecord),
  ports: z.record(z.string(), z.number()),
  urls: z.record(z.string(), z.string()),
  ready: z.boolean(),
});
const STOP_SIGNALS: Record<string, NodeJS.Signals> = { postgres: "SIGINT", redis: "SIGTERM" };
const ORPHAN_STOP_TIMEOUT_MS = 4_000;

/** Processes that run on a data folder now, for the command line, for tests, and for the start after a kill. */
export type Instance = z.output<typeof instance>;

export function instanceFile(dataDir: string): string {
  return join(dataDir, "run", "instance.json");
}

/** Reads the instance file; null when no run has started on the folder, or it ended in order. */
export function readInstance(dataDir: string): Instance | null {
  try {
    return instance.parse(JSON.parse(readFileSync(instanceFile(dataDir), "utf8")));
  } catch {
    return null;
  }
}

export function writeInstance(dataDir: string, state: Instance): void {
  const file = instanceFile(dataDir);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(state, null, 2));
  renameSync(`${file}.new`, file);
}

export function removeInstance(dataDir: string): void {
  rmSync(instanceFile(dataDir), { force: true });
}

export function createRecord(pid: number): z.output<typeof processRecord> {
  return { pid, identity: readProcessIdentity(pid) };
}

/** Tells whether the recorded process still runs, rather than a later one with its number. */
export function isStillRunning({ pid, identity }: z.output<typeof processRecord>): boolean {
  return identity !== "" && readProcessIdentity(pid) === identity;
}

/** Ends the processes of a run whose supervisor and guard were both killed. @returns their names */
export async function endOrphans(dataDir: string): Promise<string[]> {
  const left = Object.entries(readInstance(dataDir)?.processes ?? {}).filter(([, record]) => isStillRunning(record));
  const server = (name: string) => name in STOP_SIGNALS;
  // Servers end last, because a process that loses them may wait for them in vain.
  for (const group of [left.filter(([name]) => !server(name)), left.filter(([name]) => server(name))]) {
    await Promise.all(
      group.map(([name, { pid }]) => endProcess(pid, STOP_SIGNALS[name] ?? "SIGTERM", ORPHAN_STOP_TIMEOUT_MS)),
    );
  }
  return left.map(([name]) => name);
}
