import { type StatsListener, unwatchFile, watchFile } from "node:fs";

/**
 * Calls back when one of some files changes. It polls: replaced links (Let's Encrypt, Kubernetes) and files on other machines
 * change without an event.
 * @param intervalMs the time between two polls
 * @returns a function that ends it
 */
export function watchFiles(paths: readonly string[], intervalMs: number, onChange: () => void): () => void {
  const listener: StatsListener = () => onChange();
  for (const path of paths) watchFile(path, { interval: intervalMs, persistent: false }, listener);
  return () => {
    for (const path of paths) unwatchFile(path, listener);
  };
}
