import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** Descriptors kept for other uses than clients: files, the log, Redis, publishers. */
const RESERVED_DESCRIPTORS = 256;

/**
 * How many files and sockets this process may have open.
 * @returns undefined where the system has no limit, or does not show it
 */
export async function descriptorLimit(platform: NodeJS.Platform = process.platform): Promise<number | undefined> {
  try {
    const text = platform === "linux" ? await readFile("/proc/self/limits", "utf8") : await shellLimit();
    return parseLimit(text);
  } catch {
    return undefined;
  }
}

/** Reads the limit from a shell, which inherits it. */
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
  /** Clients that fit: the smaller of the wanted number and the number that the system allows. */
  clients: number;
  /** How to raise the limit; unset where all wanted clients fit. */
  advice: string | undefined;
};

/**
 * How many clients fit into a limit of descriptors.
 * @param wanted connections that the settings allow
 */
export function capacity(limit: number | undefined, wanted: number): Capacity {
  if (limit === undefined || limit - RESERVED_DESCRIPTORS >= wanted) return { clients: wanted, advice: undefined };
  const needed = wanted + RESERVED_DESCRIPTORS;
  return {
    clients: Math.max(1, limit - RESERVED_DESCRIPTORS),
    advice:
      `${limit} open files are allowed, ${wanted} clients need ${needed}: ulimit -n ${needed}, or LimitNOFILE=${needed} ` +
      `in the systemd unit, or docker run --ulimit nofile=${needed}:${needed}`,
  };
}
