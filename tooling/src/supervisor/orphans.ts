import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** True when the process exists, whoever owns it; a zombie counts as gone. */
export function isAlive(pid: number): boolean {
  return processIdentity(pid) !== "";
}

/**
 * Tells a process from a later one that got the same number: when it started. Empty when it is gone.
 * Linux: ticks since boot and the boot's id; elsewhere the start time that `ps` prints.
 */
export function processIdentity(pid: number): string {
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

/** Command line of a process; empty when it is gone. */
export async function commandOf(pid: number): Promise<string> {
  if (process.platform === "linux") {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split("\0").join(" ").trim();
  }
  return run("ps", ["-ww", "-o", "command=", "-p", String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => "",
  );
}

/** Ends a process that is not our child: asks, waits up to `grace` milliseconds, then SIGKILL. */
export async function endProcess(pid: number, signal: NodeJS.Signals = "SIGTERM", grace = 8_000): Promise<void> {
  const identity = processIdentity(pid);
  if (identity === "") return;
  const gone = () => processIdentity(pid) !== identity;
  for (const [attempt, patience] of [
    [signal, grace],
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
