import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where package managers put programs that a person's PATH may not have: Debian's daemons, Homebrew. */
const MORE_FOLDERS = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/homebrew/bin"];

/**
 * Where a program is, on the PATH or in the system's folders; null when it is not installed.
 * @param names of which any serves; the first that is found anywhere wins
 */
export function findExecutable(names: readonly string[], path = process.env.PATH ?? ""): string | null {
  const folders = [...path.split(delimiter).filter(Boolean), ...MORE_FOLDERS];
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
