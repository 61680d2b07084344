import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ROOT } from "./paths";
import { processIdentity } from "./supervisor/orphans";

const LOCK = join(ROOT, "node_modules", ".mgs-build.lock");

/** Two starts from one folder build one after the other, and the second finds nothing to do. */
export async function withBuildLock<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  while (!take()) {
    if (!holderLives()) rmSync(LOCK, { force: true });
    await wait(200, undefined, signal ? { signal } : {});
  }
  try {
    return await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

/** The file appears with its content at once: a link to a finished file, or not at all. */
function take(): boolean {
  const own = `${LOCK}.${process.pid}`;
  writeFileSync(own, `${process.pid} ${processIdentity(process.pid)}`);
  try {
    linkSync(own, LOCK);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function holderLives(): boolean {
  try {
    const [pid = "", ...identity] = readFileSync(LOCK, "utf8").split(" ");
    return processIdentity(Number(pid)) === identity.join(" ");
  } catch {
    return false;
  }
}
