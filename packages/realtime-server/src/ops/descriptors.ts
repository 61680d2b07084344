import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** Descriptors of this process that are no client's: files, the log, Redis, publishers. */
const RESERVED = 256;

/**
 * How many files and sockets this process may have open.
 * @returns undefined where the system does not tell, or has no limit
 */
export async function descriptorLimit(platform: NodeJS.Platform = process.platform): Promise<number | undefined> {
  try {
    const text = platform === "linux" ? await readFile("/proc/self/limits", "utf8") : await shellLimit();
    return parseLimit(text);
  } catch {
    return undefined;
  }
}

/** A shell inherits our limit, and tells it. */
async function shellLimit(): Promise<string> {
  const { stdout } = await promisify(execFile)("/bin/sh", ["-c", "ulimit -n"]);
  return stdout;
}

/** Reads Linux's table (its soft limit) or the number that `ulimit -n` prints. */
export function parseLimit(text: string): number | undefined {
  const found = /^Max open files\s+(\d+|unlimited)/m.exec(text)?.[1] ?? /^\s*(\d+|unlimited)\s*$/.exec(text)?.[1];
  const limit = Number(found);
  return Number.isFinite(limit) ? limit : undefined;
}

export type Capacity = {
  /** Clients that fit; the smaller of what is asked for and what the system allows. */
  clients: number;
  /** What to do for more; unset where all that are asked for fit. */
  advice: string | undefined;
};

/**
 * How many clients fit into a limit of descriptors.
 * @param asked connections that the settings allow
 */
export function capacity(limit: number | undefined, asked: number): Capacity {
  if (limit === undefined || limit - RESERVED >= asked) return { clients: asked, advice: undefined };
  const needed = asked + RESERVED;
  return {
    clients: Math.max(1, limit - RESERVED),
    advice:
      `${limit} open files are allowed, ${asked} clients need ${needed}: ulimit -n ${needed}, or LimitNOFILE=${needed} ` +
      `in the systemd unit, or docker run --ulimit nofile=${needed}:${needed}`,
  };
}
