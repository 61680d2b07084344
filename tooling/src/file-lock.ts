import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { processIdentity } from "./supervisor/orphans";

const LOOK_EVERY = 200;

export type LockOptions = {
  /** Gives up, with an error. */
  signal?: AbortSignal | undefined;
  /** Called once, when somebody else has it. */
  waiting?: () => void;
};

/**
 * Waits until this process alone has a lock. One whose holder was killed is nobody's.
 * @returns gives it back
 */
export async function takeLock(file: string, { signal, waiting }: LockOptions = {}): Promise<() => void> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let told = false;
  while (!take(file)) {
    if (!holderLives(file)) removeStale(file);
    else if (!told) {
      told = true;
      waiting?.();
    }
    await wait(LOOK_EVERY, undefined, signal ? { signal } : {});
  }
  return () => rmSync(file, { force: true });
}

/** The file appears with its content at once: a link to a finished file, or not at all. */
function take(file: string): boolean {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${process.pid} ${processIdentity(process.pid)}`);
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

/** Looks again at what it has taken away: another waiter may have done so before, and have the lock by now. */
function removeStale(file: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
    if (holderLives(aside)) linkSync(aside, file);
  } catch {
    // Somebody else was first.
  } finally {
    rmSync(aside, { force: true });
  }
}

function holderLives(file: string): boolean {
  try {
    const [pid = "", ...identity] = readFileSync(file, "utf8").split(" ");
    return processIdentity(Number(pid)) === identity.join(" ");
  } catch (error) {
    // Given back in this moment: there is nothing to remove, and the next look takes it.
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}
