import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Tells whether a process of any user exists; a zombie counts as gone. */
export function isAlive(pid: number): boolean {
  return readProcessIdentity(pid) !== "";
}

/**
 * Reads the start of a process, which distinguishes it from a later one with the same number. Empty when it is gone.
 * Linux: ticks since boot and the boot's id; elsewhere the start time that `ps` prints.
 */
export function readProcessIdentity(pid: number): string {
  try {
    if (process.platform !== "linux") {
      const line = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
      return line.startsWith("Z") ? "" : line.replace(/^\S+\s+/, "");
    }
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses, and may itself hold spaces and parentheses.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const startedAt = rest[18];
    if (!startedAt || state === "Z") return "";
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${startedAt}`;
  } catch {
    return "";
  }
}

/** Reads the command line of a process; empty when it is gone. */
export async function readCommandLine(pid: number): Promise<string> {
  if (process.platform === "linux") {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split("\0").join(" ").trim();
  }
  return run("ps", ["-ww", "-o", "command=", "-p", String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => "",
  );
}

/** Ends a process that is no child of this one: sends `signal`, waits up to `timeoutMs`, then sends SIGKILL. */
export async function endProcess(pid: number, signal: NodeJS.Signals = "SIGTERM", timeoutMs = 8_000): Promise<void> {
  const identity = readProcessIdentity(pid);
  if (identity === "") return;
  const gone = () => readProcessIdentity(pid) !== identity;
  for (const [attempt, patience] of [
    [signal, timeoutMs],
    ["SIGKILL", 5_000],
  ] as const) {
    try {
      process.kill(pid, attempt);
    } catch {
      return;
    }
    const deadline = Date.now() + patience;
    while (Date.now() < deadline) {
      if (gone()) return;
      await wait(50);
    }
  }
}
