import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { readProcessIdentity } from "./supervisor/orphans";

const POLL_MS = 200;

export type LockOptions = {
  /** Aborts the wait, with an error. */
  signal?: AbortSignal | undefined;
  /** Called once, when another process holds the lock. */
  waiting?: () => void;
};

/**
 * Waits until this process holds a lock. A lock whose holder was killed is free.
 * @returns a function that releases it
 */
export async function takeLock(file: string, { signal, waiting }: LockOptions = {}): Promise<() => void> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let told = false;
  while (!tryLock(file)) {
    if (!isHolderAlive(file)) removeStale(file);
    else if (!told) {
      told = true;
      waiting?.();
    }
    await wait(POLL_MS, undefined, signal ? { signal } : {});
  }
  return () => rmSync(file, { force: true });
}

/** Tries to take the lock. It links a finished file, so that the lock never exists without its content. */
function tryLock(file: string): boolean {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${process.pid} ${readProcessIdentity(process.pid)}`);
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Removes a stale lock. It checks the removed file again, because another waiter may hold the lock by now. */
function removeStale(file: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
    if (isHolderAlive(aside)) linkSync(aside, file);
  } catch {
    // Another process was first.
  } finally {
    rmSync(aside, { force: true });
  }
}

function isHolderAlive(file: string): boolean {
  try {
    const [pid = "", ...identity] = readFileSync(file, "utf8").split(" ");
    return readProcessIdentity(Number(pid)) === identity.join(" ");
  } catch (error) {
    // The holder has just released it, so the next try takes it.
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}
