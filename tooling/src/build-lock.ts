import { join } from "node:path";
import { takeLock } from "./file-lock";
import { ROOT } from "./paths";

const LOCK = join(ROOT, "node_modules", ".mgs-build.lock");

/** Two starts from one folder build one after the other, and the second finds nothing to do. */
export async function withBuildLock<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const release = await takeLock(LOCK, { signal });
  try {
    return await work();
  } finally {
    release();
  }
}
