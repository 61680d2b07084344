import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { type Service, spawnEnvironment } from "./service";

/** Ends the processes that this one has started when it ends, even by SIGKILL. */
export type Guard = {
  /** Ends the process group `pid` with `signal` (SIGKILL some seconds later) once this process is gone; servers end last. */
  watch(pid: number, signal?: NodeJS.Signals, tier?: Service["tier"]): void;
  /** Stops watching a group that has ended, because the system may reuse its number. */
  forget(pid: number): void;
  /** Removes a folder once this process is gone. */
  removeAtEnd(folder: string): void;
  /** Ends the guard, which ends the groups and removes the folders that it still watches. */
  release(): Promise<void>;
};

const PROGRAM = fileURLToPath(new URL("./guard-process.ts", import.meta.url));

/** Starts the guard's process, and restarts it when it dies before this one. */
export function startGuard(): Guard {
  const groups = new Map<number, { signal: NodeJS.Signals; tier: Service["tier"] }>();
  const folders = new Set<string>();
  let released = false;
  let current = launch();

  function launch(): ChildProcessByStdio<Writable, null, null> {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", PROGRAM], {
      stdio: ["pipe", "ignore", "inherit"],
      detached: true,
      env: spawnEnvironment({}),
    });
    // A guard that died is replaced below; its pipe's error says nothing more.
    child.stdin.on("error", () => undefined);
    child.on("exit", () => {
      if (!released) current = launch();
    });
    for (const [watch, how] of groups) sendOrder(child, { watch, ...how });
    for (const remove of folders) sendOrder(child, { remove });
    return child;
  }

  return {
    watch(pid, signal = "SIGTERM", tier = "process") {
      groups.set(pid, { signal, tier });
      sendOrder(current, { watch: pid, signal, tier });
    },
    forget(pid) {
      groups.delete(pid);
      sendOrder(current, { forget: pid });
    },
    removeAtEnd(folder) {
      folders.add(folder);
      sendOrder(current, { remove: folder });
    },
    async release() {
      released = true;
      const ended = new Promise<void>((resolve) => current.once("exit", () => resolve()));
      current.stdin.end();
      await ended;
    },
  };
}

function sendOrder(child: ChildProcessByStdio<Writable, null, null>, order: object): void {
  child.stdin.write(`${JSON.stringify(order)}\n`);
}
