import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { endProcess, processIdentity } from "./orphans";

const processRecord = z.object({ pid: z.number(), identity: z.string() });

const instance = z.object({
  supervisor: processRecord,
  processes: z.record(z.string(), processRecord),
  ports: z.record(z.string(), z.number()),
  urls: z.record(z.string(), z.string()),
  ready: z.boolean(),
});
const STOP_SIGNALS: Record<string, NodeJS.Signals> = { postgres: "SIGINT", redis: "SIGTERM" };
const ORPHAN_GRACE_MS = 4_000;

/** What runs on a data folder now: for the command line, for tests, and for the start after a kill. */
export type Instance = z.output<typeof instance>;

export function instanceFile(dataDir: string): string {
  return join(dataDir, "run", "instance.json");
}

/** Null when nothing was started on the folder, or it ended orderly. */
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

export function recordOf(pid: number): z.output<typeof processRecord> {
  return { pid, identity: processIdentity(pid) };
}

/** True when the recorded process still runs, and not another one under its number. */
export function stillRuns({ pid, identity }: z.output<typeof processRecord>): boolean {
  return identity !== "" && processIdentity(pid) === identity;
}

/** Ends what a run left behind whose supervisor and guard were both killed. Returns the names of what it ended. */
export async function endOrphans(dataDir: string): Promise<string[]> {
  const left = Object.entries(readInstance(dataDir)?.processes ?? {}).filter(([, record]) => stillRuns(record));
  const server = (name: string) => name in STOP_SIGNALS;
  // A process that loses its servers first may wait for them in vain.
  for (const group of [left.filter(([name]) => !server(name)), left.filter(([name]) => server(name))]) {
    await Promise.all(
      group.map(([name, { pid }]) => endProcess(pid, STOP_SIGNALS[name] ?? "SIGTERM", ORPHAN_GRACE_MS)),
    );
  }
  return left.map(([name]) => name);
}
