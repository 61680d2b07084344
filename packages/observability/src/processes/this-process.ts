import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { describeError, onLoggedError } from "@mgs/core/logged-errors";
import { processSingleton } from "@mgs/core/process-singleton";
import { z } from "zod";

/** Report of a process about itself. */
export const processReport = z.object({
  instanceId: z.uuid(),
  name: z.string().max(100),
  host: z.string().max(255),
  pid: z.number().int(),
  /** Git commit when there is one, else the package's version. */
  version: z.string().max(100),
  startedAt: z.coerce.date(),
  /** Bytes. */
  memoryRss: z.number().int().nonnegative(),
  memoryHeap: z.number().int().nonnegative(),
  /** Text of the last line of level error, without secrets. */
  lastError: z.string().max(600).nullable(),
  lastErrorAt: z.coerce.date().nullable(),
});
export type ProcessReport = z.output<typeof processReport>;

const thisProcess = processSingleton("mgs.this-process", () => {
  const state = {
    instanceId: randomUUID(),
    name: "process",
    version: findVersion(),
    startedAt: new Date(Date.now() - process.uptime() * 1_000),
    lastError: null as string | null,
    lastErrorAt: null as Date | null,
  };
  onLoggedError(({ message, error, at }) => {
    state.lastError = error ? `${message}: ${describeError(error)}` : message;
    state.lastErrorAt = at;
  });
  return state;
});

/** Names this process, and begins to record its errors. Call it once when the process starts. */
export function nameProcess(name: string): void {
  thisProcess().name = name;
}

/** Reports the current state of this process. */
export function reportProcess(): ProcessReport {
  const { rss, heapUsed } = process.memoryUsage();
  return { ...thisProcess(), host: hostname(), pid: process.pid, memoryRss: rss, memoryHeap: heapUsed };
}

/** Reads the version from files, because `git` may be missing and images have no repository. */
function findVersion(): string {
  const given = process.env.MGS_VERSION;
  if (given) return given.slice(0, 100);
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const found = readCommit(folder) ?? readPackageVersion(folder);
    if (found !== undefined) return found;
    if (folder === dirname(folder)) return "unknown";
  }
}

/** Reads the current commit of a repository whose top level is `folder`. */
function readCommit(folder: string): string | undefined {
  const head = readTextFile(join(folder, ".git", "HEAD"));
  if (head === undefined) return undefined;
  const branch = /^ref: (.+)$/.exec(head)?.[1];
  if (branch === undefined) return head.slice(0, 12);
  const commit =
    readTextFile(join(folder, ".git", branch)) ??
    readTextFile(join(folder, ".git", "packed-refs"))
      ?.split("\n")
      .find((line) => line.endsWith(` ${branch}`));
  return commit?.slice(0, 12);
}

/** Reads the version in the top level's package.json, the only one with `packageManager`. */
function readPackageVersion(folder: string): string | undefined {
  const text = readTextFile(join(folder, "package.json"));
  if (text === undefined) return undefined;
  const manifest = z.object({ version: z.string(), packageManager: z.string() }).safeParse(JSON.parse(text));
  return manifest.data?.version;
}

function readTextFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return undefined;
  }
}
