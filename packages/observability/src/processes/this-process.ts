import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { describeError, onLoggedError } from "@mgs/core/logged-errors";
import { processSingleton } from "@mgs/core/process-singleton";
import { z } from "zod";

/** What a process says of itself. */
export const processReport = z.object({
  instanceId: z.uuid(),
  name: z.string().max(100),
  host: z.string().max(255),
  pid: z.number().int(),
  /** Git commit where there is one, else the package's version. */
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

const self = processSingleton("mgs.this-process", () => {
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

/** Names this process, and begins to note its errors. Call once when it starts. */
export function nameProcess(name: string): void {
  self().name = name;
}

/** This process as it is now. */
export function reportProcess(): ProcessReport {
  const { rss, heapUsed } = process.memoryUsage();
  return { ...self(), host: hostname(), pid: process.pid, memoryRss: rss, memoryHeap: heapUsed };
}

/** Read from files: `git` need not be installed, and images have no repository. */
function findVersion(): string {
  const given = process.env.MGS_VERSION;
  if (given) return given.slice(0, 100);
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const found = commitOf(folder) ?? versionOf(folder);
    if (found !== undefined) return found;
    if (folder === dirname(folder)) return "unknown";
  }
}

/** The commit of a repository whose top level this is. */
function commitOf(folder: string): string | undefined {
  const head = textOf(join(folder, ".git", "HEAD"));
  if (head === undefined) return undefined;
  const branch = /^ref: (.+)$/.exec(head)?.[1];
  if (branch === undefined) return head.slice(0, 12);
  const commit =
    textOf(join(folder, ".git", branch)) ??
    textOf(join(folder, ".git", "packed-refs"))
      ?.split("\n")
      .find((line) => line.endsWith(` ${branch}`));
  return commit?.slice(0, 12);
}

/** The version in the top level's own package.json, which alone carries `packageManager`. */
function versionOf(folder: string): string | undefined {
  const text = textOf(join(folder, "package.json"));
  if (text === undefined) return undefined;
  const manifest = z.object({ version: z.string(), packageManager: z.string() }).safeParse(JSON.parse(text));
  return manifest.data?.version;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return undefined;
  }
}
