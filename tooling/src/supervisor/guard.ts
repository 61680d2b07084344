import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { type Service, spawnEnvironment } from "./service";

/** Keeps what we started from outliving us, even when we are killed with SIGKILL. */
export type Guard = {
  /** Ends the process group `pid` with `signal` (SIGKILL some seconds later) once we are gone; servers end last. */
  watch(pid: number, signal?: NodeJS.Signals, tier?: Service["tier"]): void;
  /** The group has ended: its number may come to belong to somebody else. */
  forget(pid: number): void;
  /** Removes a folder once we are gone. */
  removeAtEnd(folder: string): void;
  /** Ends the guard; what it still watches is ended and what it was to remove is removed. */
  release(): Promise<void>;
};

const PROGRAM = fileURLToPath(new URL("./guard-process.ts", import.meta.url));

/** Starts the guard's process; it is started again should it die before us. */
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
    for (const [watch, how] of groups) tell(child, { watch, ...how });
    for (const remove of folders) tell(child, { remove });
    return child;
  }

  return {
    watch(pid, signal = "SIGTERM", tier = "process") {
      groups.set(pid, { signal, tier });
      tell(current, { watch: pid, signal, tier });
    },
    forget(pid) {
      groups.delete(pid);
      tell(current, { forget: pid });
    },
    removeAtEnd(folder) {
      folders.add(folder);
      tell(current, { remove: folder });
    },
    async release() {
      released = true;
      const ended = new Promise<void>((resolve) => current.once("exit", () => resolve()));
      current.stdin.end();
      await ended;
    },
  };
}

function tell(child: ChildProcessByStdio<Writable, null, null>, order: object): void {
  child.stdin.write(`${JSON.stringify(order)}\n`);
}
