import { join } from "node:path";
import { takeLock } from "./file-lock";
import { ROOT } from "./paths";

const LOCK_FILE = join(ROOT, "node_modules", ".mgs-build.lock");

/** Serializes builds of one folder: the second of two starts waits, and then finds nothing to build. */
export async function withBuildLock<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const release = await takeLock(LOCK_FILE, { signal });
  try {
    return await work();
  } finally {
    release();
  }
}
