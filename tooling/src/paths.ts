import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The repository's top folder, or in the image of the command line the folder of its programs, without a trailing slash. It is
 * the folder above this module with the migrations, because bundles move this module.
 */
export const ROOT = findFolderWith(join("prisma", "migrations"), import.meta.dirname);

function findFolderWith(path: string, start: string): string {
  if (existsSync(join(start, path))) return start;
  const above = dirname(start);
  if (above === start) throw new Error(`no folder above ${import.meta.dirname} has ${path}`);
  return findFolderWith(path, above);
}
