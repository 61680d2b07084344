import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Folders of package managers that a person's PATH may lack: those of Debian's daemons and of Homebrew. */
const SYSTEM_FOLDERS = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/homebrew/bin"];

/**
 * Finds a program on the PATH or in the system's folders; null when it is not installed.
 * @param names alternative names; the first that is installed counts
 */
export function findExecutable(names: readonly string[], path = process.env.PATH ?? ""): string | null {
  const folders = [...path.split(delimiter).filter(Boolean), ...SYSTEM_FOLDERS];
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
